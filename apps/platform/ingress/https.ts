import { dnsProviderKey, home, inUrl, publicResolver, revision } from '@home/home';
import { fromSecret } from '@home/kubernetes';
import { infra } from '@home/platform/namespaces';
import { resource } from '@home/providers';
import { authority } from './authority';
import type { TraefikPart } from './traefik-part';

type Https = NonNullable<typeof home.https>;

/**
 * Every host by HTTPS, and a redirect to it for who asks by HTTP. docs/decisions/0032-https-and-logins.md
 *
 * @param https how the home's facts say it
 */
export function httpsPart(https: Https): TraefikPart[] {
  return [
    {
      args: [
        '--entrypoints.websecure.address=:443/tcp',
        '--entrypoints.websecure.asdefault=true',
        '--entrypoints.websecure.http.tls=true',
        '--entrypoints.web.http.redirections.entrypoint.to=websecure',
        '--entrypoints.web.http.redirections.entrypoint.permanent=true',
      ],
    },
    https.kind === 'acme' ? acme(https) : authority(),
    ...(https.hstsDays === undefined ? [] : [hsts(https.hstsDays)]),
  ];
}

/** https://www.rfc-editor.org/rfc/rfc6797 */
const hsts = (days: number): TraefikPart => ({
  args: ['--entrypoints.websecure.http.middlewares=hsts@file'],
  middlewares: { hsts: { headers: { stsSeconds: days * 86_400 } } },
});

/** Where Traefik keeps its account and its certificates, in a folder of the node. */
const folder = '/var/lib/traefik';

/**
 * Traefik's own ACME client: one certificate for every name below the domain, so that an app that is added takes no order.
 * https://doc.traefik.io/traefik/reference/install-configuration/tls/certificate-resolvers/acme/
 */
function acme({
  email,
  provider,
  credentials,
  directory,
  resolvers,
}: Extract<Https, { kind: 'acme' }>): TraefikPart {
  const keys = credentials.map((name) => [name, dnsProviderKey(name)] as const);
  const secret = resource('kubernetes_secret_v1', 'acme', {
    metadata: { name: 'acme', namespace: infra },
    data_wo: Object.fromEntries(keys.map(([name, key]) => [name, key.ref])),
    // After a change in .env: npm run secrets -- rotate acme
    data_wo_revision: revision('acme'),
  });
  const asked = (resolvers ?? publicResolver.addresses(home)).map((address) => `${inUrl(address)}:53`);
  const resolver = '--certificatesresolvers.acme.acme';
  return {
    blocks: [...keys.map(([, key]) => key), secret],
    args: [
      '--entrypoints.websecure.http.tls.certresolver=acme',
      `--entrypoints.websecure.http.tls.domains[0].main=*.${home.domain}`,
      `${resolver}.email=${email}`,
      `${resolver}.storage=${folder}/acme.json`,
      `${resolver}.dnschallenge.provider=${provider}`,
      `${resolver}.dnschallenge.resolvers=${asked.join(',')}`,
      ...(directory === undefined ? [] : [`${resolver}.caserver=${directory}`]),
    ],
    env: Object.fromEntries(credentials.map((name) => [name, fromSecret(secret, name)])),
    uses: [
      {
        // Of no type, so that the container runtime makes it: Talos' kubelet does not see the node's own folders.
        volumes: [{ name: 'acme', host_path: { path: folder } }],
        mounts: [{ name: 'acme', mount_path: folder }],
      },
    ],
  };
}
