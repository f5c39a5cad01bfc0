import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemsError, refuse } from '@home/terraform';
import { checkAgainst } from './check-against';
import type { RecordedSecrets } from './generated/secrets';
import schema from './secrets.schema.json';

/** Where it stands, as messages name it. */
export const secretsFile = 'libs/home/secrets.json';

const getBack = 'Take it back from git, or make a root of your own with `npm run secrets -- new`';

/**
 * Which root the home uses and how often each credential was replaced.
 *
 * @param workspace the folder of the checkout
 * @throws ProblemsError when the file is missing, or holds anything else
 */
export function readSecrets(workspace: string): RecordedSecrets {
  const file = join(workspace, secretsFile);
  if (!existsSync(file)) refuse(secretsFile, 'must be there', getBack);
  const recorded = parse(readFileSync(file, 'utf8'));
  const problems = checkAgainst(schema, secretsFile, recorded);
  if (problems.length > 0)
    throw new ProblemsError(problems.map(({ where, what, remedy }) => ({ where, what, remedy })));
  return recorded as RecordedSecrets;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const line = text.slice(0, faultIn(text)).split('\n').length;
    refuse(`${secretsFile}:${line}`, 'must be JSON, but does not parse there', getBack, { cause });
  }
}

/** Where a text ceases to be JSON. Of most faults JavaScript names the position; else it is where the shortest text has one. */
function faultIn(text: string): number {
  const fault = faultOf(text);
  const [, position] = /position (\d+)/.exec(fault) ?? [];
  if (position !== undefined) return Number(position);
  const lengths = Array.from({ length: text.length }, (_, index) => index + 1);
  return (
    lengths.find((length) => faultOf(text.slice(0, length)).startsWith('Unexpected token')) ?? text.length
  );
}

function faultOf(text: string): string {
  try {
    JSON.parse(text);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
}
