import { X509Certificate } from 'node:crypto';
import { makeAuthority, selfSigned, signedBy } from './self-signed';

it.each(['ready.example.org', '*.example.org', '127.0.0.1', 'a'.repeat(60)])(
  'is for %s, each time',
  (name) => {
    for (let round = 0; round < 20; round++) {
      const certificate = new X509Certificate(selfSigned(name).cert);
      expect(certificate.checkHost(name.replace('*', 'any')) ?? certificate.checkIP(name)).toBeDefined();
    }
  },
);

it('is vouched for by the authority that signed it, and by another certificate of the same key', () => {
  const authority = makeAuthority('Authority');
  const signed = new X509Certificate(signedBy(authority, ['example.org', '*.example.org']).cert);
  for (const { cert } of [authority, makeAuthority('Authority', authority.key)]) {
    const root = new X509Certificate(cert);
    expect(root.ca && signed.checkIssued(root) && signed.verify(root.publicKey)).toBe(true);
  }
  const other = new X509Certificate(makeAuthority('Authority').cert);
  expect(signed.verify(other.publicKey)).toBe(false);
});
