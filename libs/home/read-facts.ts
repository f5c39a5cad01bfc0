import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ProblemsError, problemsOf, refuse } from '@home/terraform';
import type { HomeFacts } from './generated/facts';
import { factsFile } from './mistake';

const load = createRequire(__filename);

/**
 * The facts as they are written, unchecked. They are loaded at the first look and not on import, so that every command can
 * say in its own way why they cannot be loaded.
 *
 * @throws ProblemsError when the file does not parse, throws, is not there or exports no facts
 */
export function readFacts(): HomeFacts {
  const facts: unknown = Reflect.get(loadFile(), 'facts');
  if (facts === undefined)
    refuse(factsFile, 'must export the facts', 'Write `export const facts: HomeFacts = { … }`');
  return facts as HomeFacts;
}

function loadFile(): object {
  if (!existsSync(join(__dirname, 'facts.ts'))) refuse(factsFile, 'must be there', 'Take it back from git');
  const { exit } = process;
  try {
    // A command that would end there has done nothing of what it was asked.
    process.exit = () => {
      const error = new Error('process.exit is called');
      Error.captureStackTrace(error, process.exit);
      throw error;
    };
    return load('./facts') as object;
  } catch (error) {
    throw new ProblemsError(problemsOf(join(__dirname, '../..'), error, factsFile), { cause: error });
  } finally {
    process.exit = exit;
  }
}
