import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeSecret } from '@home/files';

/** What a command found of one thing, in its own words. */
export interface Answer {
  /** A stack, or whatever else the command looked at. */
  readonly about: string;
  /** Under which heading the command has it, where it has any. */
  readonly part?: string;
  /** How it is, where the command judges. */
  readonly state?: string;
  /** One line. */
  readonly said: string;
  /** What it said beyond that. */
  readonly lines?: readonly string[];
}

/** An answer, and when it was given. */
export interface KeptAnswer extends Answer {
  /** ISO 8601. */
  readonly at: string;
}

/** The commands whose last answers are worth another look. */
type Asked = 'plan' | 'drift' | 'doctor' | 'drill';

const fileOf = (root: string, command: Asked): string => join(root, '.cache/answers', `${command}.json`);

/**
 * Keeps what a command found for `npm run home -- --page`. What it found earlier of other things stays, unless it looks at
 * everything each time.
 *
 * @param root the workspace
 * @param all that it looked at everything
 */
export function keepAnswers(root: string, command: Asked, answers: readonly Answer[], all = false): void {
  const at = new Date().toISOString();
  const news = answers.map((answer) => ({ ...answer, at }));
  const others = all
    ? []
    : readAnswers(root, command).filter(({ about }) => answers.every((answer) => answer.about !== about));
  writeSecret(fileOf(root, command), `${JSON.stringify([...others, ...news], null, 2)}\n`);
}

/** What a command found when it last looked at each thing; nothing where that was never kept, or is damaged. */
export function readAnswers(root: string, command: Asked): KeptAnswer[] {
  try {
    return JSON.parse(readFileSync(fileOf(root, command), 'utf8')) as KeptAnswer[];
  } catch {
    return [];
  }
}
