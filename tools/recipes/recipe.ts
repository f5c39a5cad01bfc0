import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What recipes call the workload that they become. */
const placeholder = 'my-app';

/** Where recipes take from what the home has for its apps: tools/recipes/home.ts. */
const importOfHome = /^import \{ (.+) \} from '\.\.\/home';\n/m;

/** Its address, behind which stands who may reach it. */
const hostLine = /^  host: .*\n/m;

/** What a home may have for its apps, by the names that recipes have for it. */
export type Wanted = 'apps' | 'appsAsRoot' | 'infra' | 'replica';

/** How a workload imports what the home has: `import { apps } from '@home/platform/namespaces'`. */
interface Import {
  readonly from: string;
  readonly name: string;
}

/** The apps that there is a recipe for: each is a folder here with the `main.ts` that it becomes. */
export const recipeNames: readonly string[] = readdirSync(__dirname, { withFileTypes: true })
  .flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
  .sort();

/** The `main.ts` of a recipe, as it lies here. */
export const readRecipe = (recipe: string): string =>
  readFileSync(join(__dirname, recipe, 'main.ts'), 'utf8');

/** What a recipe takes from the home. */
export function wantedBy(recipe: string): Wanted[] {
  const [, names = ''] = importOfHome.exec(readRecipe(recipe)) ?? [];
  return names.split(', ').filter((name) => name !== '') as Wanted[];
}

/**
 * The `main.ts` that a recipe becomes in a home.
 *
 * @param name the workload's
 * @param has what the home has of what the recipe wants, and where it is imported from
 * @param access a line that says who may reach it; none, if left out
 */
export function writeRecipe(
  recipe: string,
  name: string,
  has: Readonly<Partial<Record<Wanted, Import>>>,
  access = '',
): string {
  const imports = wantedBy(recipe).flatMap((wanted) => {
    const found = has[wanted];
    return found === undefined ? [] : [importOf(found, wanted)];
  });
  return readRecipe(recipe)
    .replace(importOfHome, () => imports.join(''))
    .replace(hostLine, (line) => (access === '' ? line : `${line}  ${access}\n`))
    .replaceAll(placeholder, () => name);
}

const importOf = ({ from, name }: Import, wanted: string): string =>
  `import { ${name === wanted ? name : `${name} as ${wanted}`} } from '${from}';\n`;
