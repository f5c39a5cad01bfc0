import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';
import { type Problem, ProblemsError } from '@home/terraform';
import { importsIn } from '../graph/imports';
import { type Place } from '../graph/layout';

/** What made loading a file fail, as problems: one line each, with the place in the code where there is one. */
export function describeFailure(root: string, place: Place, error: unknown): readonly Problem[] {
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
