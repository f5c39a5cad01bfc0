import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemsError } from '@home/terraform';

/** The stacks of the home and the order in which they are applied. */
export interface Stacks {
  /** In the order of the graph; stacks whose folder was deleted come last. */
  readonly names: readonly string[];
  /** Stacks whose folder was deleted while terraform/<stack> is still there, and perhaps what they made. */
  readonly orphans: ReadonlySet<string>;
  /** The stacks that a stack needs applied, by its own imports. */
  before(stack: string): readonly string[];
  /** The stacks that need a stack. */
  after(stack: string): readonly string[];
}

/**
 * Reads the stacks off the folders, and their order off the imports of all their files, as the Nx plugin does.
 *
 * @throws ProblemsError when stacks need each other in a circle
 */
export function readStacks(root: string): Stacks {
  const described = stackNames(root);
  const orphans = generatedStacks(root).filter((name) => !described.includes(name));
  const needs = new Map([
    ...described.map((name) => [name, importedStacks(root, name, described)] as const),
    ...orphans.map((name) => [name, readStates(root, name)] as const),
  ]);
  const before = (stack: string): readonly string[] => needs.get(stack) ?? [];
  return {
    names: [...inOrder(described, before), ...orphans],
    orphans: new Set(orphans),
    before,
    after: (stack) => [...needs.keys()].filter((name) => before(name).includes(stack)),
  };
}

/**
 * The stacks that were asked for, in the order of the graph; all of them when none is named.
 *
 * @throws ProblemsError when there is no such stack
 */
export function selectStacks(stacks: Stacks, asked: readonly string[]): string[] {
  const unknown = asked.filter((name) => !stacks.names.includes(name));
  if (unknown.length > 0) {
    const known =
      stacks.names.length === 0 ? 'There are none yet' : `The stacks are ${stacks.names.join(', ')}`;
    throw new ProblemsError(
      unknown.map((name) => ({ where: name, what: 'must be the name of a stack', remedy: known })),
    );
  }
  if (asked.length === 0) return stacks.names.filter((name) => !stacks.orphans.has(name));
  return stacks.names.filter((name) => asked.includes(name));
}

/** The folder of a stack's description, as the alias `@home/*` in tsconfig.base.json has it. */
export const folderOf = (stack: string): string => (stack === 'cluster' ? 'talos' : `apps/${stack}`);

function stackNames(root: string): string[] {
  const names = [...folders(join(root, 'apps')), 'cluster'];
  return names.filter((name) => existsSync(join(root, folderOf(name), 'stack.ts')));
}

function generatedStacks(root: string): string[] {
  const folder = join(root, 'terraform');
  return folders(folder).filter((name) => existsSync(join(folder, name, 'stack.tf.json')));
}

/** Imports of types count, too: `npm run generate` looks at all of them more closely. */
const imported = /^(?:import|export)\b[^'";]*['"]@home\/([^/'"]+)/gm;

function importedStacks(root: string, stack: string, known: readonly string[]): string[] {
  const folder = folderOf(stack);
  const files = [
    `${folder}/stack.ts`,
    ...folders(join(root, folder)).map((name) => `${folder}/${name}/main.ts`),
  ];
  const sources = files.filter((file) => existsSync(join(root, file)));
  const names = sources.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(imported)].map(([, name]) => name),
  );
  return known.filter((name) => name !== stack && names.includes(name));
}

/** A stack whose description is gone still says in its own file whose state it reads. */
function readStates(root: string, stack: string): string[] {
  const json: unknown = JSON.parse(readFileSync(join(root, 'terraform', stack, 'stack.tf.json'), 'utf8'));
  const read = Object(Object(Object(json).data).terraform_remote_state) as object;
  return Object.keys(read);
}

function inOrder(names: readonly string[], before: (stack: string) => readonly string[]): string[] {
  const ordered: string[] = [];
  let waiting = [...names].sort();
  while (waiting.length > 0) {
    const next = waiting.filter((name) => before(name).every((other) => ordered.includes(other)));
    if (next.length === 0) {
      throw new ProblemsError([
        {
          where: waiting.join(', '),
          what: 'must not need each other in a circle',
          remedy: '`npm run generate` names the imports that make it',
        },
      ]);
    }
    ordered.push(...next);
    waiting = waiting.filter((name) => !next.includes(name));
  }
  return ordered;
}

function folders(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}
