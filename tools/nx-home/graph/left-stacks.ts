import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isPlainObject, removeGenerated } from '@home/terraform';
import { type House } from './house';
import { type PlacedProblem, generatedFile, generatedFolder, isStack, stackPlace } from './layout';
import { orphanStacks } from './stacks';

/** A stack that nobody describes any more, while its generated files are still there. */
export interface LeftStack {
  readonly stack: string;
  /** Whether its state may still hold what it made: always where nobody can see the state from here. */
  readonly mayHaveMade: boolean;
}

/** The stacks whose folders are gone, while those below terraform/ are not. */
export function leftStacks(root: string, { places }: Pick<House, 'places'>): LeftStack[] {
  const described = places.filter(isStack).map(({ stack }) => stack);
  return orphanStacks(root, described).map((stack) => ({ stack, mayHaveMade: mayHaveMade(root, stack) }));
}

/** What must hold for a home's stacks: none is left that nobody describes. */
export const checkLeft = ({ stack, mayHaveMade }: LeftStack): PlacedProblem => {
  const place = stackPlace(stack);
  const what = `must belong to a stack, but ${place.where} is gone`;
  const remedy = mayHaveMade
    ? `What it made may still be there: \`npm run destroy -- ${stack}\` takes that back first, and then removes this`
    : 'Run `npm run generate`, which removes it';
  return { place, where: `${generatedFolder}/${stack}`, what, remedy };
};

function mayHaveMade(root: string, stack: string): boolean {
  const folder = join(root, generatedFolder, stack);
  const json: unknown = JSON.parse(readFileSync(join(root, generatedFile(stackPlace(stack))), 'utf8'));
  const local: unknown = Object(Object(Object(json).terraform).backend).local;
  if (!isPlainObject(local) || typeof local['path'] !== 'string') return true;
  const state = join(folder, local['path']);
  if (!existsSync(state)) return false;
  try {
    const { resources } = JSON.parse(readFileSync(state, 'utf8')) as {
      readonly resources?: readonly unknown[];
    };
    return resources?.length !== 0;
  } catch {
    return true;
  }
}

/**
 * Removes what is generated of a stack, and what Terraform put beside it; what somebody made by hand stays.
 *
 * @returns the generated files that are gone, by their paths in the workspace
 */
export function removeStackFolder(root: string, stack: string): string[] {
  const folder = join(root, generatedFolder, stack);
  const files = readdirSync(folder).filter((name) => name.endsWith('.tf.json'));
  removeGenerated(folder, files);
  rmSync(join(folder, '.terraform'), { recursive: true, force: true });
  rmSync(join(folder, '.terraform.lock.hcl'), { force: true });
  if (existsSync(folder) && readdirSync(folder).length === 0) rmSync(folder, { recursive: true });
  return files
    .map((name) => `${generatedFolder}/${stack}/${name}`)
    .filter((file) => !existsSync(join(root, file)));
}
