import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readEnvFile } from '@home/command';
import { fingerprintOf } from '@home/home';
import { refuse } from '@home/terraform';
import { writeVariable } from './env-file';
import { readRecorded, writeRecorded } from './recorded-secrets';

/** The environment variable that hands the root secret to Terraform. */
export const rootVariable = 'TF_VAR_home_root_secret';

/**
 * Makes a root secret into the workspace's `.env` and records its fingerprint. The root itself is shown nowhere.
 *
 * @param workspace the folder of the checkout
 * @param options `replace`: also when there is a root already; every made-up credential is then written anew
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
      `${rootVariable} is there already, and a new root makes every derived credential anew`,
      'Keep it, or run `npm run secrets -- new --replace`',
    );
  }
  const { rootFingerprint: former } = readRecorded(workspace);
  const root = drawUnlike(former);
  writeVariable(file, rootVariable, root);
  writeRecorded(workspace, { rootFingerprint: fingerprintOf(root), rotations: {} });
}

/** Draws 256 bits whose revision differs from the former root's, so that Terraform sees that all is new. */
function drawUnlike(former: string): string {
  const root = randomBytes(32).toString('base64url');
  return fingerprintOf(root).slice(0, 5) === former.slice(0, 5) ? drawUnlike(former) : root;
}
