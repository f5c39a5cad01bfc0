import { refuse } from '@home/terraform';
import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const certificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * The certificates that the store's own is trusted by. They are written into generated files, which are committed.
 *
 * @returns what the file says, in PEM
 * @throws ProblemsError when the file is missing, or holds anything but certificates
 */
export function authority(folder: string, name: string): string {
  const path = join(folder, name);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const found = text.match(certificate) ?? [];
  if (found.length === 0 || !found.every(isCertificate) || text.includes('PRIVATE KEY')) {
    refuse(
      'libs/home/facts.ts',
      `nas.s3.caFile "${name}" must be a file in apps/platform/replication with certificates in PEM, and no private key`,
      'Put the authority’s certificate there, and nothing else',
    );
  }
  // Go passes over a certificate that does not begin its line.
  return text.replace(/^\ufeff/, '');
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).validTo !== '';
  } catch {
    return false;
  }
}
