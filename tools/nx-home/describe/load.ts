import Module, { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Block, type Stack, isBlock, isExpression, problemsOf, refuse } from '@home/terraform';
import { type House } from '../graph/house';
import { type Place, type PlacedProblem, isStack, stackPlace } from '../graph/layout';
import { watched } from './watch';

/** What a stack or workload exports. */
export interface Loaded {
  readonly place: Place;
  readonly blocks: readonly Block[];
  /** Only of a stack. */
  readonly stack?: Stack;
}

/**
 * Loads places, each after those that it imports; that is their order in the result too. With a place comes its stack,
 * for the variables and where its state lies. What imports a place that cannot be loaded is not tried, so that one
 * mistake is reported once; neither are places that import each other in a circle.
 *
 * @param wanted the places to load, and with them everything that they need
 * @param barred places with a problem already
 */
export function load(
  root: string,
  { places, dependencies }: House,
  wanted: readonly Place[],
  barred: ReadonlySet<Place | undefined>,
): { readonly loaded: readonly Loaded[]; readonly problems: readonly PlacedProblem[] } {
  const require = createRequire(join(root, 'package.json'));
  const importsOf = new Map(places.map((place): [Place, Place[]] => [place, []]));
  for (const { from, to } of dependencies) importsOf.get(from)?.push(to);
  const byFile = new Map(places.map((place) => [place.file, place]));
  const visited = new Map<Place, boolean>();
  const loaded: Loaded[] = [];
  const problems: PlacedProblem[] = [];
  for (const place of wanted) visit(place);
  return { loaded, problems };

  function visit(place: Place): boolean {
    const before = visited.get(place);
    if (before !== undefined) return before;
    visited.set(place, false);
    const ready = (importsOf.get(place) ?? []).map(visit).every((fine) => fine);
    const fine = ready && !barred.has(place) && tryPlace(place);
    visited.set(place, fine);
    const stack = byFile.get(stackPlace(place.stack).file);
    if (stack !== undefined) visit(stack);
    return fine;
  }

  function tryPlace(place: Place): boolean {
    try {
      const exported = watched(place, () => require(join(root, place.file)));
      loaded.push(readExport(exported, place));
      return true;
    } catch (error) {
      const found = problemsOf(root, error, place.file);
      problems.push(...found.map((problem) => ({ ...problem, place })));
      return false;
    }
  }
}

/**
 * Loads what a place would export if its file had a text, which is written nowhere.
 *
 * @param root the workspace
 * @throws ProblemsError with what is wrong with what it exports
 */
export function loadText(root: string, place: Place, text: string): Loaded {
  const compiler: Compiler = createRequire(__filename)('../typescript.cjs');
  const file = join(root, place.file);
  const module = Object.assign(new Module(file), { filename: file }) as Module & Compiling;
  module._compile(compiler.compileText(file, text), file);
  return readExport(module.exports, place);
}

/** What Node is given to load TypeScript with. */
interface Compiler {
  compileText(file: string, text: string): string;
}

/** What Node's own loaders do with a text. */
interface Compiling {
  _compile(code: string, file: string): void;
}

function readExport(exported: { readonly default?: unknown }, place: Place): Loaded {
  if (!isStack(place)) return { place, blocks: blocksIn(exported.default, place) };
  const stack = stackIn(exported.default, place);
  return { place, stack, blocks: [...Object.values(stack.providers).flat(), ...stack.blocks] };
}

function stackIn(exported: unknown, place: Place): Stack {
  const parts: readonly (keyof Stack)[] = [
    'after',
    'requiredVersion',
    'providers',
    'blocks',
    'backend',
    'ready',
  ];
  const isWhole =
    typeof exported === 'object' && exported !== null && parts.every((part) => part in exported);
  if (isWhole) return exported as Stack;
  const what = `must export a stack by default, but exports ${nameOf(exported)}`;
  refuse(place.file, what, 'Write `export default stack({ … })`');
}

/** The blocks that a `main.ts` exports, in order. */
function blocksIn(exported: unknown, place: Place): Block[] {
  const blocks = collect(exported, place);
  if (blocks.length > 0) return blocks;
  const what = 'must export at least one block by default, but exports none';
  refuse(place.file, what, 'Export what it makes, or delete it');
}

function collect(exported: unknown, place: Place): Block[] {
  if (isBlock(exported)) return [exported];
  if (Array.isArray(exported)) return exported.flatMap((item) => collect(item, place));
  if (typeof exported === 'object' && exported !== null && 'blocks' in exported) {
    return collect(exported.blocks, place);
  }
  const what = `must export blocks by default, but exports ${nameOf(exported)}`;
  refuse(place.file, what, 'Write `export default [ … ]` with the blocks that it makes');
}

function nameOf(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (isExpression(value)) return 'a reference';
  if (value instanceof Promise) return 'a promise';
  if (typeof value === 'function') return 'a function';
  return typeof value === 'object'
    ? `an object with ${Object.keys(value).join(', ') || 'nothing in it'}`
    : `the ${typeof value} ${JSON.stringify(value)}`;
}
