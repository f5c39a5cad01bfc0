import { home } from '@home/home';
import { expressionsIn, isExpression } from '@home/terraform';
import { httpsPart } from './https';
import { loginsPart } from './logins';

type Https = Parameters<typeof httpsPart>[0];
type Logins = Parameters<typeof loginsPart>[0];

const argsOf = (https: Https) => httpsPart(https).flatMap(({ args = [] }) => args);
const acme: Https = { kind: 'acme', email: 'me@example.org', provider: 'cloudflare', credentials: ['KEY'] };
const bodyOf = ({ blocks = [] }: ReturnType<typeof loginsPart>, type: string, label: string) =>
  blocks.find((block) => block.type === type && block.label === label)?.body ?? {};

describe('HTTPS', () => {
  it.each<Https>([acme, { kind: 'authority' }])('takes who asks by HTTP to it: $kind', (https) => {
    expect(argsOf(https)).toContain('--entrypoints.web.http.redirections.entrypoint.to=websecure');
  });

  it('orders one certificate for all names, from a resolver that the home’s own DNS does not answer for', () => {
    expect(argsOf(acme)).toEqual(
      expect.arrayContaining([
        `--entrypoints.websecure.http.tls.domains[0].main=*.${home.domain}`,
        '--certificatesresolvers.acme.acme.dnschallenge.resolvers=9.9.9.9:53,149.112.112.112:53',
      ]),
    );
    expect(argsOf({ ...acme, resolvers: ['2620:fe::fe'] }).join(' ')).toContain('resolvers=[2620:fe::fe]:53');
  });

  it('keeps its certificates on the node, whatever becomes of the pod', () => {
    const parts = httpsPart(acme);
    const [volume] = parts.flatMap(({ uses = [] }) => uses).flatMap(({ volumes = [] }) => volumes);
    expect(volume).toEqual({ name: 'acme', host_path: { path: '/var/lib/traefik' } });
    expect(argsOf(acme)).toContain('--certificatesresolvers.acme.acme.storage=/var/lib/traefik/acme.json');
  });

  it('hands the provider’s keys over from the environment, and writes down none', () => {
    const [, part = {}] = httpsPart(acme);
    expect(part.blocks?.map(({ kind, label }) => `${kind} ${label}`)).toEqual([
      'variable key',
      'resource acme',
    ]);
    expect(part.env).toMatchObject({ KEY: { key: 'KEY' } });
    const { data_wo } = bodyOf(part, 'kubernetes_secret_v1', 'acme') as { data_wo: object };
    expect(Object.values(data_wo).every(isExpression)).toBe(true);
  });

  it('lets no certificate outlive the authority that signed it, and none live longer than phones take', () => {
    const [, part = {}] = httpsPart({ kind: 'authority' });
    const root = bodyOf(part, 'tls_self_signed_cert', 'authority');
    const { validity_period_hours = 0 } = bodyOf(part, 'tls_locally_signed_cert', 'certificate') as {
      validity_period_hours?: number;
    };
    expect(root['early_renewal_hours']).toBeGreaterThanOrEqual(validity_period_hours);
    expect(validity_period_hours / 24).toBeLessThan(825);
    expect(bodyOf(part, 'tls_private_key', 'authority')['lifecycle']).toEqual({ prevent_destroy: true });
  });

  it('has browsers refuse plain HTTP only where the facts say for how long', () => {
    const hsts = (https: Https) => httpsPart(https).flatMap(({ middlewares }) => middlewares ?? []);
    expect(hsts({ kind: 'authority' })).toEqual([]);
    expect(hsts({ kind: 'authority', hstsDays: 2 })).toEqual([
      { hsts: { headers: { stsSeconds: 172_800 } } },
    ]);
  });
});

describe('logins', () => {
  const passwords: Logins = { kind: 'password', users: ['anna', 'ben'] };

  it('keep passwords out of every file: they are derived', () => {
    const { data_wo } = bodyOf(loginsPart(passwords), 'kubernetes_secret_v1', 'logins') as {
      data_wo: object;
    };
    expect(expressionsIn(data_wo)).not.toEqual([]);
  });

  it('write the passwords anew when somebody comes or goes', () => {
    const revisionOf = (...users: string[]) =>
      bodyOf(loginsPart({ kind: 'password', users }), 'kubernetes_secret_v1', 'logins')['data_wo_revision'];
    expect(revisionOf('anna')).not.toBe(revisionOf('anna', 'ben'));
    expect(revisionOf('anna')).toBeLessThan(2 ** 31);
  });

  it('tell an app nothing of the password, and of an app’s headers take none from a browser', () => {
    expect(loginsPart(passwords).middlewares).toMatchObject({ login: { basicAuth: { removeHeader: true } } });
    const forward: Logins = { kind: 'forward', address: 'http://auth.apps/verify', headers: ['Remote-User'] };
    expect(loginsPart(forward).args).toContainEqual(
      expect.stringMatching(/^--entrypoints\.\w+\.http\.aliasheadersstrategy=delete$/),
    );
    expect(loginsPart(forward).uses).toEqual([{ spec: { dns_policy: 'ClusterFirstWithHostNet' } }]);
  });
});
