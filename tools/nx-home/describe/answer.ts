import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inspect } from 'node:util';
import { ProblemsError, problemsOf } from '@home/terraform';
import { type Asked, type Message, type Task, channel } from './describe-apart';
import { type PlacedProblem } from '../graph/layout';
import { observe } from './observe';

// The other half of describe-apart.ts: does in this process what it is asked, and says how that went.

// Descriptions run here, and what they change must not change what is said of them.
const { parse, stringify } = Object.freeze(JSON);
const load = createRequire(__filename);
const end = process.exit.bind(process);
const { setImmediate } = globalThis;
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function answer(): Promise<void> {
  const { token, root, task, given } = parse(readFileSync(0, 'utf8')) as Asked;
  const say = (message: Message): void => writeFileSync(channel, `${token}${stringify(message)}\n`);
  const observer = observe(root, (loading) => say({ loading }));
  const message = await outcome();
  // What fails late fails now, and nothing can begin that fails later.
  await nextTurn();
  const late = observer.late();
  say(late.length > 0 ? { problems: [...problemsIn(message), ...late] } : message);
  end();

  async function outcome(): Promise<Message> {
    let run: Task<unknown, unknown> | undefined;
    try {
      ({ default: run } = load(task));
      return { answer: await run?.(root, given) };
    } catch (error) {
      // What the home's facts and libraries throw while they are loaded is a mistake in them, and later a bug.
      const isMistake = run === undefined || error instanceof ProblemsError;
      const problems = isMistake ? problemsOf(root, error) : undefined;
      return problems === undefined ? { bug: inspect(error) } : { problems };
    }
  }
}

/** A task may answer with what it made and with problems. */
const problemsIn = (message: Message): readonly PlacedProblem[] =>
  'problems' in message ? message.problems : (Object('answer' in message && message.answer).problems ?? []);

void answer();
