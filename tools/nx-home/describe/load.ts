import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, join, relative } from 'node:path';
import {
  type Block,
  type Problem,
  ProblemsError,
  type Stack,
  isBlock,
  isExpression,
  refuse,
} from '@home/terraform';
import { type House, importsIn } from '../graph/house';
import { type Place, type PlacedProblem, isStack, stackPlace } from '../graph/layout';

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
  const visited = new Map<Place, boolean>();
  const loaded: Loaded[] = [];
  const problems: PlacedProblem[] = [];
  for (const place of wanted) visit(place);
  return { loaded, problems };

  function visit(place: Place): boolean {
    const before = visited.get(place);
    if (before !== undefined) return before;
    visited.set(place, false);
    const imported = dependencies.filter(({ from }) => from === place).map(({ to }) => to);
    const ready = imported.map(visit).every((fine) => fine);
    const fine = ready && !barred.has(place) && tryPlace(place);
    visited.set(place, fine);
    const stack = places.find(({ file }) => file === stackPlace(place.stack).file);
    if (stack !== undefined) visit(stack);
    return fine;
  }

  function tryPlace(place: Place): boolean {
    try {
      loaded.push(readExport(require(join(root, place.file)), place));
      return true;
    } catch (error) {
      problems.push(...describeFailure(root, place, error).map((problem) => ({ ...problem, place })));
      return false;
    }
  }
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

/** What made loading a file fail, as problems: one line each, with the place in the code where there is one. */
function describeFailure(root: string, place: Place, error: unknown): readonly Problem[] {
  if (error instanceof ProblemsError) return error.problems;
  return [syntaxError(root, error) ?? missingModule(root, error) ?? thrown(root, place, error)];
}

/** esbuild writes `Transform failed with 1 error:\n/path/main.ts:3:5: ERROR: Expected "}"`. */
function syntaxError(root: string, error: unknown): Problem | undefined {
  const message = error instanceof Error ? error.message : '';
  const [, file, position, what] = /^(.+?):(\d+:\d+): ERROR: (.+)$/m.exec(message) ?? [];
  if (file === undefined || what === undefined) return undefined;
  return {
    where: `${relative(root, file)}:${position}`,
    what: `must be valid TypeScript: ${what}`,
    remedy: 'Correct the syntax',
  };
}

function missingModule(root: string, error: unknown): Problem | undefined {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'MODULE_NOT_FOUND') return undefined;
  const specifier = /'([^']+)'/.exec(error.message)?.[1] ?? '';
  const importer = 'requireStack' in error && Array.isArray(error.requireStack) ? error.requireStack[0] : '';
  const lines = existsSync(importer) ? importsIn(readFileSync(importer, 'utf8')) : [];
  const line = lines.find((found) => found.specifier === specifier)?.line;
  return {
    where: [relative(root, importer), line].filter((part) => part !== undefined).join(':'),
    what: `must import files that exist, but there is no "${specifier}"`,
    remedy: 'Correct the path, or make the file',
  };
}

function thrown(root: string, place: Place, error: unknown): Problem {
  const positions = error instanceof Error ? positionsIn(root, error) : [];
  const own = positions.find((position) => /^(apps|talos)\//.test(position)) ?? place.file;
  const origin = positions[0] === undefined || positions[0] === own ? '' : ` (from ${positions[0]})`;
  return {
    where: own,
    what: `must load without an error, but throws ${String(error).split('\n')[0]}${origin}`,
    remedy: 'Correct the code there',
  };
}

/** The lines of the workspace's own code that an error passed through, `apps/workloads/gotify/main.ts:7:3` first. */
function positionsIn(root: string, { stack = '' }: Error): string[] {
  return [...stack.matchAll(/\(?((?:file:\/\/)?\/[^\s()]+?:\d+:\d+)\)?$/gm)]
    .map(([, position = '']) => relative(root, position.replace('file://', '')))
    .filter((position) => !isAbsolute(position) && !/^\.\.|^node_modules|^tools\/nx-home/.test(position));
}
