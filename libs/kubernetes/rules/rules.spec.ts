import { readFacts, settle } from '@home/home';
import { resource } from '@home/providers';
import {
  type Block,
  type OwnedBlock,
  type Step,
  block,
  flatten,
  formatPath,
  formatProblems,
  isExpression,
  isPlainObject,
  raw,
  resourceBlock,
} from '@home/terraform';
import { labelsOf } from '../app/labels';
import type { Replica } from '../generated/web-app';
import { serviceAccount } from '../app/service-account';
import { webApp } from '../app/web-app';
import { exampleReplica } from '../litestream/example-replica';
import { exampleHome } from './example-home';
import { rulesFor } from './index';

const facts = readFacts();

const namespace = resource('kubernetes_namespace_v1', 'apps', {
  metadata: { name: 'apps', labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } },
});
const apps = namespace.ref.metadata[0].name;
const credentials = resource('kubernetes_secret_v1', 'litestream', {
  metadata: { name: 'litestream', namespace: apps },
  data_wo: { LITESTREAM_ACCESS_KEY_ID: raw('var.id'), LITESTREAM_SECRET_ACCESS_KEY: raw('var.key') },
  data_wo_revision: 1,
});
const replica: Replica = {
  ...exampleReplica,
  images: { ...exampleReplica.images, verify: 'ghcr.io/example/verify:1.0.0' },
};
const app = (name: string, more: object = {}) =>
  webApp(name, {
    namespace: apps,
    image: 'ghcr.io/example/app:1.0.0',
    port: 80,
    host: name,
    memory: '64Mi',
    env: { TZ: 'Europe/Berlin' },
    health: '/health',
    ...more,
  });

const labels = labelsOf('log', 'monitoring');
const account = serviceAccount('log', {
  namespace: apps,
  labels,
  rules: [{ groups: [''], resources: ['pods'], verbs: ['get'] }],
});
const daemonSet = resource('kubernetes_daemon_set_v1', 'log', {
  metadata: { name: 'log', namespace: apps },
  spec: {
    selector: { match_labels: labels },
    template: {
      metadata: {
        labels,
        annotations: { 'homeserver.lknuth.dev/beyond-restricted': 'It sees what the node sees.' },
      },
      spec: {
        service_account_name: account.name,
        host_network: true,
        container: [
          {
            name: 'log',
            image: 'ghcr.io/example/log:1.0.0',
            port: [{ name: 'http', container_port: 2020 }],
            resources: { requests: { memory: '32Mi' }, limits: { memory: '64Mi' } },
            security_context: { read_only_root_filesystem: true },
            volume_mount: [{ name: 'config', mount_path: '/etc/log.conf', sub_path: 'log.conf' }],
          },
        ],
        volume: [
          { name: 'config', config_map: { name: 'feed-config' } },
          { name: 'tls', secret: { secret_name: 'log-tls' } },
        ],
      },
    },
  },
});

const certificate = resourceBlock('kubernetes_manifest', 'certificate', {
  manifest: {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: 'log', namespace: 'apps' },
    spec: { secretName: 'log-tls' },
  },
});

const config = { name: 'feed-config', files: { 'log.conf': '[INPUT]' }, mountedAt: '/etc/feed' };
const home: readonly OwnedBlock[] = exampleHome({
  namespaces: [namespace, credentials],
  diary: flatten(
    app('diary', {
      database: { file: '/data/diary.db', replica, verify: '0 3 * * 6' },
      files: { '/data/pictures': 'diary' },
    }),
  ),
  feed: flatten(app('feed', { config, scratch: ['/tmp', '/run'], memoryLimit: '128Mi' })),
  tables: flatten(app('tables', { writableRoot: 'It unpacks itself.' })),
  log: [...flatten(account), daemonSet, certificate],
});
const rules = rulesFor(settle(facts));
const problemsOf = (blocks: readonly OwnedBlock[]) => rules.flatMap((rule) => rule(blocks));

it('reads facts only when it checks, so that a command can report what is wrong with them', () => {
  const get = (): never => {
    throw new Error('The facts do not hold.');
  };
  expect(() => rulesFor(new Proxy(settle(facts), { get }))).not.toThrow();
});

it('finds nothing wrong with a home made of constructs', () => {
  expect(formatProblems(problemsOf(home))).toBe('');
});

it.each<[string, object, string]>([
  ['a secret that is written down', { env: { DB_PASSWORD: 'hunter2' } }, 'it is called DB_PASSWORD'],
  [
    'a right that its namespace does not give',
    { root: { why: 'It has to.', capabilities: ['SYS_ADMIN'] }, namespace: 'default' },
    'container "faulty" must not add the capability "SYS_ADMIN"',
  ],
])('finds %s', (_, more, told) => {
  const faulty = exampleHome({ faulty: flatten(app('faulty', more)) });
  expect(formatProblems(problemsOf([...home, ...faulty]))).toContain(told);
});

/** All places in a tree of values, from the leaves to the whole. */
function placesIn(value: unknown, path: readonly Step[] = []): (readonly Step[])[] {
  if (isExpression(value)) return [path];
  if (Array.isArray(value))
    return [...value.flatMap((item, index) => placesIn(item, [...path, index])), path];
  if (!isPlainObject(value)) return [path];
  return [...Object.entries(value).flatMap(([key, member]) => placesIn(member, [...path, key])), path];
}

function withUnknown(value: unknown, [step, ...rest]: readonly Step[]): unknown {
  if (step === undefined) return raw('var.unknown');
  const copy: object = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) };
  Reflect.set(copy, step, withUnknown(Reflect.get(copy, step), rest));
  return copy;
}

it.each(home.map((owned) => [`${owned.block.type}.${owned.block.label}`, owned] as const))(
  'neither fails nor complains when anything in %s is known only to Terraform',
  (_, owned) => {
    const complained = placesIn(owned.block.body).flatMap((path) => {
      if (path.length === 0) return [];
      const { kind, type, label, body } = owned.block;
      const changed: Block = block(kind, type, label, withUnknown(body, path) as object);
      const problems = problemsOf(home.map((one) => (one === owned ? { ...one, block: changed } : one)));
      return problems.length === 0 ? [] : [`${formatPath(path)}: ${formatProblems(problems)}`];
    });
    expect(complained).toEqual([]);
  },
  60_000,
);
