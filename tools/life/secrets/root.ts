import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEnvFile, readEnvironment } from '@home/command';
import { writeSecret } from '@home/files';
import { type RecordedSecrets, derivedFrom, fingerprintOf, readSecrets, secretsFile } from '@home/home';
import { ProblemsError, refuse, writeFiles } from '@home/terraform';

/** The environment variable that hands the root secret to Terraform. */
export const rootVariable = 'TF_VAR_home_root_secret';

/**
 * Makes a root secret into the workspace's `.env` and records its fingerprint. The root itself is never shown.
 *
 * @param workspace the folder of the checkout
 * @param options `replace`: also when there is a root already; every made-up credential is then replaced
 * @param environment what this process was given, since a root may come from elsewhere than `.env`
 * @throws ProblemsError when there is a root already and it is not to be replaced
 */
export function makeRoot(
  workspace: string,
  { replace }: { replace: boolean },
  environment: NodeJS.ProcessEnv = process.env,
): void {
  const file = join(workspace, '.env');
  const holder = readEnvFile(file)[rootVariable]
    ? '.env'
    : environment[rootVariable]
      ? 'the environment'
      : undefined;
  if (holder !== undefined && !replace) {
    refuse(
      holder,
      `${rootVariable} is already set, and a new root changes every derived credential`,
      'Keep it, or run `npm run secrets -- new --replace`',
    );
  }
  const root = drawUnlike(formerOf(workspace));
  writeVariable(file, rootVariable, root);
  writeRecorded(workspace, { rootFingerprint: fingerprintOf(root), rotations: {} });
}

/** The fingerprint of the root so far; a new root is also the way out when that cannot be read. */
function formerOf(workspace: string): string {
  try {
    return readSecrets(workspace).rootFingerprint;
  } catch (error) {
    if (error instanceof ProblemsError) return '';
    throw error;
  }
}

/** Draws 256 bits whose revision differs from the former root's, so that Terraform sees that all is new. */
function drawUnlike(former: string): string {
  const root = randomBytes(32).toString('base64url');
  return fingerprintOf(root).slice(0, 5) === former.slice(0, 5) ? drawUnlike(former) : root;
}

/**
 * Records that the credential of one purpose is to be replaced, or that one from elsewhere has changed.
 *
 * @param known the purposes that the home has
 * @returns which rotation it is now
 * @throws ProblemsError when the home has no such purpose
 */
export function rotate(workspace: string, purpose: string, known: readonly string[]): number {
  demandKnown('rotate', purpose, known);
  const recorded = readSecrets(workspace);
  const rotation = (recorded.rotations[purpose] ?? 1) + 1;
  writeRecorded(workspace, { ...recorded, rotations: { ...recorded.rotations, [purpose]: rotation } });
  return rotation;
}

/**
 * The credential of one purpose, for a person who has to type it, or to keep it.
 *
 * @param known the purposes that the home has
 * @param environment what this process was given, since a root may come from elsewhere than `.env`
 * @throws ProblemsError when the home has no such purpose, or its root secret is not at hand
 */
export function reveal(
  workspace: string,
  purpose: string,
  known: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): string {
  demandKnown('show', purpose, known);
  const { rootFingerprint, rotations } = readSecrets(workspace);
  const root = readEnvironment(workspace, environment)[rootVariable] ?? '';
  if (fingerprintOf(root) !== rootFingerprint) {
    const what = `must be the root secret whose fingerprint stands in ${secretsFile}`;
    refuse(rootVariable, what, 'Load the .env that belongs to this home');
  }
  return derivedFrom(root, purpose, rotations[purpose]);
}

function demandKnown(command: string, purpose: string, known: readonly string[]): void {
  if (known.includes(purpose)) return;
  const what = `"${purpose}" must be a purpose of derive or revision in the home`;
  refuse(`npm run secrets -- ${command}`, what, `Choose one of ${known.join(', ')}`);
}

/** Writes the record in one step, its purposes in order, so that a rotation is one line of a pull request. */
function writeRecorded(workspace: string, { rootFingerprint, rotations }: RecordedSecrets): void {
  const sorted = Object.fromEntries(
    Object.entries(rotations).sort(([one], [other]) => (one < other ? -1 : 1)),
  );
  const text = `${JSON.stringify({ rootFingerprint, rotations: sorted }, null, 2)}\n`;
  writeFiles(workspace, new Map([[secretsFile, text]]));
}

/**
 * Gives a variable of an environment file a value where it stands, below its comment, and leaves every other line as it
 * is; what the file does not name yet comes last. The file is replaced in one step and readable by its owner alone.
 */
export function writeVariable(file: string, name: string, value: string): void {
  const text = existsSync(file) ? readFileSync(file, 'utf8').replace(/\n$/, '') : '';
  const lines = text === '' ? [] : text.split('\n');
  const [at = lines.length, ...again] = lines.flatMap((line, index) => (assigns(line, name) ? [index] : []));
  const before = lines[at]?.split('=', 1)[0] ?? name;
  const content = [...lines.slice(0, at), `${before}=${value}`, ...lines.slice(at + 1), ''].filter(
    (_, index) => !again.includes(index),
  );
  writeSecret(file, content.join('\n'));
}

function assigns(line: string, name: string): boolean {
  return line.replace(/^\s*(export\s+)?/, '').startsWith(`${name}=`);
}

/** The purposes of secrets as lines, each with how often it was rotated; followed by an empty one. */
export function printPurposes(
  purposes: readonly string[],
  rotations: Readonly<Record<string, number>>,
): string[] {
  const lines = purposes.map((purpose) => `  ${purpose}: rotation ${rotations[purpose] ?? 1}`);
  return ['Secrets that no state holds; `npm run secrets -- rotate PURPOSE` replaces one:', ...lines, ''];
}
