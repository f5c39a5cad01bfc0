import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';
import { type Problem, ProblemsError } from './problem';

/**
 * What made loading code of the home fail, as problems: one line each, with the place in the code where there is one.
 *
 * @param root the workspace
 * @param file what was being loaded, for an error that passed through no code of the home
 * @returns undefined for an error without a file: a bug of ours
 */
export function problemsOf(root: string, error: unknown, file: string): readonly Problem[];
export function problemsOf(root: string, error: unknown): readonly Problem[] | undefined;
export function problemsOf(root: string, error: unknown, file?: string): readonly Problem[] | undefined {
  if (error instanceof ProblemsError)
    return error.problems.map((problem) => placed(root, error, problem, file));
  const problem = syntaxError(root, error) ?? missingModule(root, error) ?? thrown(root, error, file);
  return problem && [problem];
}

/** A mistake in what a construct was given stands where the construct was called: it knows its own name alone. */
function placed(root: string, error: Error, problem: Problem, file: string | undefined): Problem {
  if (problem.where.includes('/')) return problem;
  const at = positionsIn(root, error).find((position) => ofHome.test(position)) ?? file;
  return at === undefined ? problem : { ...problem, where: `${at}: ${problem.where}` };
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
  if (!(error instanceof Error) || !('code' in error) || !/MODULE_NOT_FOUND$/.test(String(error.code)))
    return undefined;
  const { message } = error;
  const specifier = /'([^']+)'/.exec(message)?.[1] ?? '';
  const [stack] = 'requireStack' in error && Array.isArray(error.requireStack) ? error.requireStack : [];
  const importer: string = stack ?? / imported from (.+)$/m.exec(message)?.[1] ?? '';
  const lines = existsSync(importer) ? readFileSync(importer, 'utf8').split('\n') : [];
  const line = lines.findIndex((text) => text.includes(`'${specifier}'`) || text.includes(`"${specifier}"`));
  const where = [relative(root, importer), ...(line < 0 ? [] : [line + 1])].join(':');
  return isOwn.test(specifier)
    ? {
        where,
        what: `must import files that exist, but there is no "${specifier}"`,
        remedy: 'Correct the path, or make the file',
      }
    : {
        where,
        what: `must import packages that are installed, but there is no "${specifier}"`,
        remedy: 'Run `npm ci`, or add it to package.json',
      };
}

/** A path, or an alias of this workspace. */
const isOwn = /^(\.|\/|@(home|tools|life)\/)/;

function thrown(root: string, error: unknown, file: string | undefined): Problem | undefined {
  const positions = positionsIn(root, error);
  const own = positions.find((position) => ofHome.test(position)) ?? file ?? positions[0];
  if (own === undefined) return undefined;
  const origin = positions[0] === undefined || positions[0] === own ? '' : ` (from ${positions[0]})`;
  return {
    where: own,
    what: `must load without an error, but throws ${String(error).split('\n')[0]}${origin}`,
    remedy: 'Correct the code there',
  };
}

/** What the owner of a home writes. */
const ofHome = /^(apps|talos)\/|^libs\/home\/facts\.ts:/;

/** The lines of the home's own code that an error passed through, `apps/workloads/gotify/main.ts:7:3` first. */
function positionsIn(root: string, error: unknown): string[] {
  return filesIn(error instanceof Error ? (error.stack ?? '') : '')
    .map((position) => relative(root, position))
    .filter((position) => !isAbsolute(position) && !/^\.\.|^node_modules|^tools\//.test(position));
}

/** The lines of files in a stack trace, the innermost first: `/home/me/home/apps/workloads/gotify/main.ts:7:3`. */
export function filesIn(stack: string): string[] {
  return [...stack.matchAll(/^ +at (?:.*\()?(?:file:\/\/)?(\/.+?:\d+:\d+)\)?$/gm)].map(
    ([, position = '']) => position,
  );
}
