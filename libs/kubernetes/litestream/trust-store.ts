import type { Kubernetes } from '@home/providers';
import type { Environment } from '../app/container';
import type { Replica } from '../generated/web-app';

/** The key of a database's ConfigMap that holds the certificate of the store's authority. */
export const authorityKey = 'ca.pem';

const folder = '/etc/home-ca';

/**
 * What a container needs to trust the authority of a store besides the public ones, which the heartbeat needs.
 * SSL_CERT_FILE would replace those, and AWS_CA_BUNDLE is an error in Litestream 0.5:
 * https://pkg.go.dev/crypto/x509#SystemCertPool
 *
 * @param volume the pod's volume that has the database's ConfigMap
 */
export function trustStore(
  { ca }: Replica,
  volume: string,
): { readonly env: Environment; readonly mounts: readonly Kubernetes.VolumeMount[] } {
  if (ca === undefined) return { env: {}, mounts: [] };
  const mount_path = `${folder}/${authorityKey}`;
  return {
    env: { SSL_CERT_DIR: folder },
    mounts: [{ name: volume, mount_path, sub_path: authorityKey, read_only: true }],
  };
}
