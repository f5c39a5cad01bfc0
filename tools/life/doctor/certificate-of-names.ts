import { once } from 'node:events';
import { connect } from 'node:tls';
import { type HomeFacts, home, host } from '@home/home';
import type { Check, Finding } from './finding';
import { validityOf } from './validity';

/** The certificate that browsers see: whether it is the one that they trust, and until when it holds. */
export const certificateOfNames: Check = {
  title: 'certificate of the names',
  look: () => (home.https === undefined ? [] : lookAtNames(home.https, home.entry.addresses[0] ?? '', 443)),
};

/** Traefik renews in the last 30 days, and an apply in the last three months: then something does not work. */
const dueWithin = 21;

const patience = 5_000;

/**
 * @param https how the home has certificates
 * @param address where the ingress answers
 */
export async function lookAtNames(
  https: NonNullable<HomeFacts['https']>,
  address: string,
  port: number,
): Promise<Finding[]> {
  const what = `*.${home.domain}`;
  const remedy =
    https.kind === 'acme'
      ? 'See what Traefik says of acme: `kubectl -n infra logs deployment/traefik`'
      : 'Run `npm run plan -- platform`, which renews it, and apply it';
  // Whom it is that answers is what is asked here.
  const socket = connect({ host: address, port, servername: host('ready'), rejectUnauthorized: false });
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(patience) });
    const certificate = socket.getPeerX509Certificate();
    if (certificate === undefined) return [{ what, state: 'broken', detail: 'is not shown', remedy }];
    // Whether the home's own authority is trusted is each device's matter; which names a certificate has is not.
    const isTrusted = https.kind === 'authority' || socket.authorized;
    if (certificate.checkHost(host('ready')) === undefined || !isTrusted) {
      const detail = `is not the one that browsers trust, but that of ${certificate.subject.replaceAll('\n', ', ')}`;
      return [{ what, state: 'broken', detail, remedy }];
    }
    const validity = validityOf(certificate, dueWithin);
    return [{ what, ...validity, ...(validity.state === 'fine' ? {} : { remedy }) }];
  } catch {
    const detail = `the ingress does not answer at ${address}`;
    return [{ what, state: 'unseen', detail, remedy: 'Run it at home, once the platform is up' }];
  } finally {
    socket.destroy();
  }
}
