import { createHash } from 'node:crypto';

/**
 * What is hashed before the root to make its fingerprint. Credentials are hashed with the root in front, so that no
 * purpose can ever give a credential that equals the published fingerprint.
 */
export const fingerprintDomain = "fingerprint of a home's root secret: ";

/** The published fingerprint of a root secret: proves that two runs use the same root and tells nothing about it. */
export function fingerprintOf(root: string): string {
  return createHash('sha256').update(`${fingerprintDomain}${root}`).digest('hex');
}
