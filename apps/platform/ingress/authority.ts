import { home } from '@home/home';
import { secretFiles } from '@home/kubernetes';
import { infra } from '@home/platform/namespaces';
import { provider, resource } from '@home/providers';
import { type Expression, call, output, sha256 } from '@home/terraform';
import type { TraefikPart } from './traefik-part';

const year = 365 * 24;
const folder = '/etc/traefik/certificate';
const elliptic = { algorithm: 'ECDSA', ecdsa_curve: 'P256' };

/**
 * The home's own authority, and the certificate for every name below the domain that it signs. A certificate is renewed by
 * the applies of its last three months, the authority's by those of its last year: so no certificate outlives it, and with
 * the key the same, what devices trust still holds until its own end. docs/chores/https.md
 */
export function authority(): TraefikPart {
  const owner = resource('tls_private_key', 'authority', {
    ...elliptic,
    // With another key every device would have to be told anew.
    lifecycle: { prevent_destroy: true },
  });
  const root = resource('tls_self_signed_cert', 'authority', {
    private_key_pem: owner.ref.private_key_pem,
    subject: [{ common_name: `Authority of ${home.domain}` }],
    is_ca_certificate: true,
    max_path_length: 0,
    set_subject_key_id: true,
    allowed_uses: ['cert_signing', 'crl_signing'],
    validity_period_hours: 10 * year,
    early_renewal_hours: year,
  });
  const key = resource('tls_private_key', 'certificate', elliptic);
  const request = resource('tls_cert_request', 'certificate', {
    private_key_pem: key.ref.private_key_pem,
    subject: [{ common_name: home.domain }],
    dns_names: [home.domain, `*.${home.domain}`],
  });
  const certificate = resource('tls_locally_signed_cert', 'certificate', {
    cert_request_pem: request.ref.cert_request_pem,
    ca_private_key_pem: owner.ref.private_key_pem,
    ca_cert_pem: root.ref.cert_pem,
    allowed_uses: ['digital_signature', 'server_auth'],
    // Apple takes none of more than 825 days: https://support.apple.com/en-us/103769
    validity_period_hours: year,
    early_renewal_hours: year / 4,
  });
  const secret = resource('kubernetes_secret_v1', 'certificate', {
    metadata: { name: 'certificate', namespace: infra },
    type: 'kubernetes.io/tls',
    data_wo: { 'tls.crt': certificate.ref.cert_pem, 'tls.key': key.ref.private_key_pem },
    data_wo_revision: numberOf(certificate.ref.cert_pem),
  });
  const files = { certFile: `${folder}/tls.crt`, keyFile: `${folder}/tls.key` };
  return {
    blocks: [
      provider('tls', {}),
      owner,
      root,
      key,
      request,
      certificate,
      secret,
      output('authority', root.ref.cert_pem),
    ],
    uses: [secretFiles(secret, folder)],
    // The default one too: who asks by an address, and not by a name, gets it as well.
    tls: { certificates: [files], stores: { default: { defaultCertificate: files } } },
  };
}

/** A number that changes with a text, and that fits a provider's 32-bit integer. */
const numberOf = (text: Expression<string>): Expression<number> =>
  call('parseint', call('substr', sha256(text), 0, 7), 16);
