import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type Block, type Expression, raw, sha256, tf, variable } from '@home/terraform';
import type { RecordedSecrets } from './generated/secrets';
import { readSecrets } from './read-secrets';

/** Read at the first need and not on import, so that a command can mend what it finds wrong there. */
let recorded: RecordedSecrets | undefined;

const ofThisHome = (): RecordedSecrets => (recorded ??= readSecrets(join(__dirname, '../..')));

/**
 * What is hashed before the root to make its fingerprint. Credentials are hashed with the root in front, so that no
 * purpose can ever give a credential that equals the published fingerprint.
 */
const fingerprintDomain = "fingerprint of a home's root secret: ";

/** The published fingerprint of a root secret: proves that two runs use the same root and tells nothing about it. */
export function fingerprintOf(root: string): string {
  return createHash('sha256').update(`${fingerprintDomain}${root}`).digest('hex');
}

/**
 * The variable that brings the root secret into a stack, for the `blocks` of its `stack.ts`. It is ephemeral: it comes
 * from the environment (`TF_VAR_home_root_secret`, kept in `.env`) in every run and reaches neither plan nor state.
 */
export const rootSecret: Block<string> = variable('home_root_secret', {
  type: 'string',
  description:
    'The root that all made-up credentials of the home are derived from; `npm run secrets -- new` makes one.',
  ephemeral: true,
  sensitive: true,
  nullable: false,
  validation: (root) => [
    {
      get condition() {
        const { rootFingerprint } = ofThisHome();
        return raw<boolean>('', sha256(tf`${fingerprintDomain}${root}`), ' == ', rootFingerprint);
      },
      error_message:
        'This is not the root secret whose fingerprint stands in libs/home/secrets.json. ' +
        'Load the .env that belongs to this home, or make a root of your own with `npm run secrets -- new`.',
    },
  ],
});

/** Tells whether a secret is the root whose fingerprint this home has published. */
export const isRootOfHome = (secret: string): boolean =>
  fingerprintOf(secret) === ofThisHome().rootFingerprint;

/**
 * A credential that nobody writes down: the same in every run, another for every purpose and rotation. For
 * write-only arguments, with `revision` beside it, at both ends that have to agree.
 *
 * @param purpose what the credential is for, such as `replication`
 * @throws TypeError when the purpose is not made of lower-case letters, digits and dashes
 */
export function derive(purpose: string): Expression<string> {
  return sha256(tf`${rootSecret.ref}/${checkedPurpose(purpose)}/${ofThisHome().rotations[purpose] ?? 1}`);
}

/** What `derive` comes to, for a person who needs to know it. */
export const derivedFrom = (root: string, purpose: string, rotation = 1): string =>
  createHash('sha256').update(`${root}/${purpose}/${rotation}`).digest('hex');

/**
 * The number that goes with a derived credential: it changes when the root changes or the credential is rotated, and
 * Terraform then writes the credential again.
 *
 * @throws TypeError as `derive` does
 */
export function revision(purpose: string): number {
  return revisionOf(ofThisHome(), checkedPurpose(purpose));
}

/** The revision of one purpose. Twenty bits of the fingerprint, so that it fits a provider's 32-bit integer. */
export function revisionOf(secrets: RecordedSecrets, purpose: string): number {
  return parseInt(secrets.rootFingerprint.slice(0, 5), 16) * 1000 + (secrets.rotations[purpose] ?? 1);
}

const used = new Set<string>();

/** The purposes that the workloads loaded so far derive credentials for, or count revisions of, in order. */
export const usedPurposes = (): string[] => [...used].sort();

function checkedPurpose(purpose: string): string {
  if (!/^[a-z][a-z0-9-]*$/.test(purpose)) {
    throw new TypeError(
      `The purpose "${purpose}" of a secret must be lower-case letters, digits and dashes.`,
    );
  }
  used.add(purpose);
  return purpose;
}
