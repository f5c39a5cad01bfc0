import { derive, home, revision } from '@home/home';
import { loginMiddleware, secretFiles } from '@home/kubernetes';
import { infra } from '@home/platform/namespaces';
import { resource } from '@home/providers';
import { call, join, tf } from '@home/terraform';
import { hash } from 'node:crypto';
import type { TraefikPart } from './traefik-part';

type Logins = NonNullable<typeof home.logins>;

/**
 * What asks who is there before an app with `login: true` is asked anything. docs/decisions/0032-https-and-logins.md
 *
 * @param logins how the home's facts say it
 */
export function loginsPart(logins: Logins): TraefikPart {
  const { middleware, ...part } = logins.kind === 'password' ? passwords(logins) : forward(logins);
  return {
    ...part,
    args: [
      // Else the path /api, being public, would open /apikeys.
      '--providers.kubernetesingress.strictprefixmatching=true',
      // Else /api/..%2fkeys would be below it for Traefik, and an app that decodes it first would take it for /keys.
      `--entrypoints.${entryPoint}.http.encodedcharacters.allowencodedslash=false`,
      `--entrypoints.${entryPoint}.http.encodedcharacters.allowencodedbackslash=false`,
      ...(part.args ?? []),
    ],
    middlewares: { [loginMiddleware]: middleware },
  };
}

type Asking = TraefikPart & { readonly middleware: object };

/** https://doc.traefik.io/traefik/reference/routing-configuration/http/middlewares/basicauth/ */
function passwords({ users }: Extract<Logins, { kind: 'password' }>): Asking {
  const folder = '/etc/traefik/logins';
  // Each request is hashed anew. Against guessing a derived password has its 256 bits, and needs no costly hash.
  const lines = users.map((user) => tf`${user}:${call<string>('bcrypt', derive(`login-${user}`), 4)}`);
  const revisions = users.map((user) => `${user} ${revision(`login-${user}`)}`);
  const secret = resource('kubernetes_secret_v1', 'logins', {
    metadata: { name: 'logins', namespace: infra },
    data_wo: { users: join('\n', lines) },
    // Seven digits fit a provider's 32-bit integer.
    data_wo_revision: parseInt(hash('sha256', revisions.join()).slice(0, 7), 16),
  });
  return {
    blocks: [secret],
    uses: [secretFiles(secret, folder)],
    // An app that knows other people would take what it is sent for a login of its own.
    middleware: { basicAuth: { usersFile: `${folder}/users`, realm: home.domain, removeHeader: true } },
  };
}

/** https://doc.traefik.io/traefik/reference/routing-configuration/http/middlewares/forwardauth/ */
function forward({ address, headers = [] }: Extract<Logins, { kind: 'forward' }>): Asking {
  return {
    args:
      // Else a browser could send Remote_User, which many an app takes for Remote-User.
      headers.length > 0 ? [`--entrypoints.${entryPoint}.http.aliasheadersstrategy=delete`] : [],
    // On the host's network a pod finds no Service by its name, unless it says so.
    uses: [{ spec: { dns_policy: 'ClusterFirstWithHostNet' } }],
    middleware: { forwardAuth: { address, authResponseHeaders: headers } },
  };
}

/** The one that apps answer at. */
const entryPoint = home.https === undefined ? 'web' : 'websecure';
