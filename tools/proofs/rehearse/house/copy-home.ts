import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeSecret } from '@home/files';
import { fingerprintOf } from '@home/home';
import { copyWorkspace, describedFiles, lendPackages } from '@home/testing';
import { healthchecksHost } from '../network/home-network';
import type { RealSystems } from './real-systems';

/**
 * Copies the working tree to a folder of its own, with a root secret of its own, no credentials that open anything, and
 * its states beside it. What happens in the copy cannot reach the home.
 */
export function copyHome(from: string, to: string, real?: RealSystems): void {
  copyWorkspace(from, to);
  lendPackages(from, to);
  giveRoot(to, real?.store);
  adapt(to, real);
}

/** Puts another description in place of the one in a copy. The copy keeps its root secret, its states and its history. */
export function replaceHome(from: string, to: string, real?: RealSystems): void {
  const secrets = readSecrets(to);
  for (const file of describedFiles(to)) rmSync(join(to, file));
  copyWorkspace(from, to);
  writeSecrets(to, { ...readSecrets(to), rootFingerprint: secrets.rootFingerprint });
  adapt(to, real);
}

function adapt(to: string, real: RealSystems | undefined): void {
  setFacts(to, real?.store && storeFacts(real.store.endpoint));
  if (real?.kubeconfig) writeSecret(join(to, 'kubeconfig'), real.kubeconfig);
}

/** The facts of a home whose NAS is another one. */
const storeFacts = (endpoint: string): string =>
  `nas: { address: '${new URL(endpoint).hostname}', s3: { ...rehearsed.nas.s3, endpoint: '${endpoint}' } },`;

function giveRoot(home: string, store: RealSystems['store']): void {
  const root = randomBytes(32).toString('hex');
  writeSecrets(home, { rootFingerprint: fingerprintOf(root), rotations: {} });
  const environment = {
    TF_VAR_home_root_secret: root,
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
