import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemsError } from '@home/terraform';
import { type House, readHouse } from './house';
import { generatedFile, generatedFolder, isStack, stackPlace } from './layout';
import { checkStackOrder } from './order';

/** The stacks of a home and how they need each other, for all that works on one after the other. */
export interface Stacks {
  /** In the order in which they can be applied; those whose description is gone come last. */
  readonly names: readonly string[];
  /** Stacks that nobody describes any more while terraform/<stack> is still there, and perhaps what they made. */
  readonly orphans: ReadonlySet<string>;
  /** The stacks that a stack needs applied, by its own imports. */
  before(stack: string): readonly string[];
  /** The stacks that need a stack. */
  after(stack: string): readonly string[];
}

/**
 * Reads the stacks of a workspace.
 *
 * @throws ProblemsError when they have no order, with the imports that are in its way
 */
export function readStacks(root: string): Stacks {
  const house = readHouse(root);
  const described = stackOrder(house);
  const orphans = orphanStacks(root, described);
  const needs = importedStacks(house);
  for (const name of orphans) needs.set(name, statesRead(root, name));
  const before = (stack: string): readonly string[] => [...(needs.get(stack) ?? [])];
  const names = [...described, ...orphans];
  return {
    names,
    orphans: new Set(orphans),
    before,
    after: (stack) => names.filter((name) => before(name).includes(stack)),
  };
}

/**
 * The stacks in the order in which they can be applied: those first that need none, then those that need only these,
 * and so on, by name where that leaves a choice.
 *
 * @throws ProblemsError when there is no such order, with the imports that are in its way
 */
export function stackOrder(house: House): string[] {
  const problems = checkStackOrder(house);
  if (problems.length > 0) throw new ProblemsError(problems);
  const needs = importedStacks(house);
  const depthOf = (stack: string): number =>
    Math.max(0, ...[...(needs.get(stack) ?? [])].map((needed) => 1 + depthOf(needed)));
  return house.places
    .filter(isStack)
    .map(({ stack }) => ({ stack, depth: depthOf(stack) }))
    .sort((one, other) => one.depth - other.depth || (one.stack < other.stack ? -1 : 1))
    .map(({ stack }) => stack);
}

/** Stack → the stacks that its files import from. */
export function importedStacks({ dependencies }: House): Map<string, Set<string>> {
  const imported = new Map<string, Set<string>>();
  for (const { from, to } of dependencies) {
    if (from.stack === to.stack) continue;
    imported.set(from.stack, (imported.get(from.stack) ?? new Set()).add(to.stack));
  }
  return imported;
}

/** The stacks whose description is gone while terraform/<stack> is still there. */
export function orphanStacks(root: string, described: readonly string[]): string[] {
  if (!existsSync(join(root, generatedFolder))) return [];
  return readdirSync(join(root, generatedFolder))
    .filter((name) => !described.includes(name) && existsSync(join(root, generatedFile(stackPlace(name)))))
    .sort();
}

/** A stack whose description is gone still says in its own generated file whose state it reads. */
function statesRead(root: string, stack: string): Set<string> {
  const json: unknown = JSON.parse(readFileSync(join(root, generatedFile(stackPlace(stack))), 'utf8'));
  const states = Object(Object(Object(json).data).terraform_remote_state) as object;
  return new Set(Object.keys(states));
}
