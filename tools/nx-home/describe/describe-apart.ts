import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Readable } from 'node:stream';
import { ProblemsError, isPlainObject } from '@home/terraform';
import { type Place, type PlacedProblem } from '../graph/layout';

/** Works on the described home; what it gives back has to survive being written as JSON. */
export type Task<Given, Answer> = (root: string, given: Given) => Answer | Promise<Answer>;

/** What the other process is asked. */
export interface Asked {
  /** Begins what it answers, so that nothing else passes for an answer. */
  readonly token: string;
  readonly root: string;
  /** A module whose default export is the task. */
  readonly task: string;
  readonly given: unknown;
}

/** What it says, a line each: which place it loads, and how all ended. */
export type Message =
  | { readonly loading: Place }
  | { readonly answer?: unknown }
  | { readonly problems: readonly PlacedProblem[] }
  | { readonly bug: string };

/** Where it says it: what a description prints cannot get in between. */
export const channel = 3;

/** Lets Node load TypeScript. */
const loader = join(__dirname, '../typescript.cjs');

/** How long nothing may be heard of the other process, in milliseconds. It says something with every workload. */
const patience = 20_000;

/**
 * Has a task done in a process of its own, because the code of a home can do whatever it likes where it is loaded: end
 * the process, hang, print, change what others rely on. What it prints goes to standard error. Only a whole answer counts,
 * and then the other process is ended, whatever still goes on in it.
 *
 * @param root the workspace
 * @param task the module whose default export is the task
 * @param given what the task is told besides the workspace; JSON, as its answer is
 * @throws ProblemsError when the home cannot be described, or nothing is heard any more
 */
export async function describeApart<Given, Answer>(
  root: string,
  task: string,
  given: Given,
  limit = patience,
): Promise<Answer> {
  const asked: Asked = { token: randomUUID(), root, task, given };
  const { said, ending } = await listen(asked, limit);
  const last = said.at(-1);
  if (last === undefined || 'loading' in last) throw new ProblemsError([silence(last?.loading, ending)]);
  if ('problems' in last) throw new ProblemsError(last.problems);
  if ('bug' in last) throw new Error(last.bug);
  return last.answer as Answer;
}

/**
 * Does what `describeApart` does, and says what is wrong with a home that cannot be described to its end.
 *
 * @param nothing what else is answered of such a home
 */
export async function describeApartOr<Given, Answer extends { readonly problems: readonly PlacedProblem[] }>(
  root: string,
  task: string,
  given: Given,
  nothing: Omit<Answer, 'problems'>,
): Promise<Answer> {
  try {
    return await describeApart<Given, Answer>(root, task, given);
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    return { ...nothing, problems: error.problems } as Answer;
  }
}

/** Everything that the other process says until it has said all, ends or falls silent. */
function listen(
  asked: Asked,
  limit: number,
): Promise<{ readonly said: readonly Message[]; readonly ending: string }> {
  const describer = spawn(process.execPath, ['-r', loader, join(__dirname, 'answer.ts')], {
    stdio: ['pipe', 2, 2, 'pipe'],
  });
  const said: Message[] = [];
  let unread: string[] = [];
  let isSilent = false;
  const timer = setTimeout(() => {
    isSilent = true;
    describer.kill('SIGKILL');
  }, limit);
  // It may end before it has read what it is asked.
  describer.stdin?.on('error', () => undefined).end(JSON.stringify(asked));
  (describer.stdio[channel] as Readable).setEncoding('utf8').on('data', (text: string) => {
    timer.refresh();
    unread.push(text);
    // The answer of a large home is one line, which comes in hundreds of pieces.
    if (!text.includes('\n')) return;
    const lines = unread.join('').split('\n');
    unread = lines.splice(-1);
    const told = lines.filter((line) => line.startsWith(asked.token));
    const parsed = told.map((line): unknown => JSON.parse(line.slice(asked.token.length)));
    // A description may have changed how the other process writes objects.
    said.push(...parsed.filter((message): message is Message => isPlainObject(message)));
    if (said.some((message) => !('loading' in message))) describer.kill('SIGKILL');
  });
  return new Promise((resolve, reject) => {
    describer.on('error', reject);
    describer.on('close', (code, signal) => {
      clearTimeout(timer);
      const ended = `the process ends there (${signal ?? `exit code ${code}`})`;
      resolve({ said, ending: isSilent ? `nothing happens there for ${limit / 1000} s` : ended });
    });
  });
}

function silence(place: Place | undefined, ending: string): PlacedProblem {
  const what = `must load to its end, but ${ending}`;
  return { place, where: place?.file ?? 'libs/home', what, remedy: 'Make values only there' };
}
