import { randomBytes } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { writeSecret } from '@home/files';
import { fingerprintOf } from '@home/home';
import { healthchecksHost } from '../network/home-network';
import type { RealSystems } from './real-systems';

/** Files that have to do with what really runs, not with how the home is described. */
const ofTheHome = /(^|\/)(\.env|kubeconfig|talosconfig|precious\.json|[^/]*\.tfstate[^/]*)$/;

/**
 * Copies the working tree to a folder of its own, with a root secret of its own, no credentials that open anything, and
 * its states beside it. What happens in the copy cannot reach the home.
 */
export function copyHome(from: string, to: string, real?: RealSystems): void {
  copyDescription(from, to);
  symlinkSync(join(from, 'node_modules'), join(to, 'node_modules'));
  giveRoot(to, real?.store);
  adapt(to, real);
}

/** Puts another description in place of the one in a copy. The copy keeps its root secret, its states and its history. */
export function replaceHome(from: string, to: string, real?: RealSystems): void {
  const secrets = readSecrets(to);
  for (const file of filesIn(to)) rmSync(join(to, file));
  copyDescription(from, to);
  writeSecrets(to, { ...readSecrets(to), rootFingerprint: secrets.rootFingerprint });
  adapt(to, real);
}

/** Copies the files that describe a home. */
export function copyDescription(from: string, to: string): void {
  for (const file of filesIn(from)) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    cpSync(join(from, file), join(to, file));
  }
}

/** The files of a work tree that describe a home. */
function filesIn(root: string): string[] {
  const listed = (...args: string[]): string[] =>
    execFileSync('git', ['ls-files', '-z', ...args], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 << 20,
    }).split('\0');
  const deleted = new Set(listed('--deleted'));
  const present = listed('--cached', '--others', '--exclude-standard');
  return present.filter((file) => file !== '' && !ofTheHome.test(file) && !deleted.has(file));
}

function adapt(to: string, real: RealSystems | undefined): void {
  setFacts(to, real?.store && storeFacts(real.store.endpoint));
  if (real?.kubeconfig) writeSecret(join(to, 'kubeconfig'), real.kubeconfig);
}

/** Commits everything, since the commands look into the history for what is no longer described. */
export function commitAll(home: string): void {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: home, stdio: 'ignore' });
  const identity = ['-c', 'user.name=rehearsal', '-c', 'user.email=rehearsal@localhost'];
  if (!existsSync(join(home, '.git'))) git('init', '--quiet');
  git('add', '--all');
  git(...identity, 'commit', '--quiet', '--message=The home');
}

/** The facts of a home whose NAS is another one. */
const storeFacts = (endpoint: string): string =>
  `nas: { address: '${new URL(endpoint).hostname}', s3: { ...rehearsed.nas.s3, endpoint: '${endpoint}' } },`;

function giveRoot(home: string, store: RealSystems['store']): void {
  const root = randomBytes(32).toString('hex');
  writeSecrets(home, { rootFingerprint: fingerprintOf(root), rotations: {} });
  const environment = {
    TF_VAR_home_root_secret: root,
    TF_VAR_onepassword_vault: 'rehearsal',
    OP_SERVICE_ACCOUNT_TOKEN: 'rehearsal',
    HEALTHCHECKSIO_API_KEY: 'rehearsal',
    HEALTHCHECKSIO_API_URL: `http://${healthchecksHost}/api/v1`,
    MINIO_USER: store?.user ?? 'rehearsal',
    MINIO_PASSWORD: store?.password ?? 'rehearsal',
  };
  const lines = Object.entries(environment).map(([name, value]) => `${name}=${value}\n`);
  writeSecret(join(home, '.env'), lines.join(''));
}

const secretsFile = 'libs/home/secrets.json';

const readSecrets = (home: string): Secrets => JSON.parse(readFileSync(join(home, secretsFile), 'utf8'));

function writeSecrets(home: string, secrets: Secrets): void {
  writeFileSync(join(home, secretsFile), `${JSON.stringify(secrets, null, 2)}\n`);
}

interface Secrets {
  readonly rootFingerprint: string;
  readonly rotations: Readonly<Record<string, number>>;
}

/**
 * Makes the copy's facts: those of the home, but that its states stay in its folder whatever backend the home chose.
 *
 * @param changed what else is different, as the members of an object in TypeScript
 */
export function setFacts(home: string, changed = ''): void {
  const [file, rehearsed] = ['facts', 'rehearsed-facts'].map((name) =>
    join(home, `libs/home/${name}.ts`),
  ) as [string, string];
  if (!existsSync(rehearsed)) renameSync(file, rehearsed);
  writeFileSync(
    file,
    `import type { HomeFacts } from './generated/facts';
import { facts as rehearsed } from './rehearsed-facts';

export const facts: HomeFacts = {
  ...rehearsed,
  terraform: { binary: rehearsed.terraform.binary, backend: { kind: 'local' }, stateEncryption: 'when-possible' },
  ${changed}
};
`,
  );
}
