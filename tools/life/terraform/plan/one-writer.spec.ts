import { existsSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { plan } from '../commands/plan-and-apply';
import { readRootModule } from '../root-module';
import { scriptedTerraform } from '../scripted-terraform';
import type { Session } from '../session';
import { type TemporaryHome, temporaryHome } from '../temporary-home';
import { requireOneWriter, takersIn } from './one-writer';
import type { ResourceChange } from './plan-json';

jest.setTimeout(60_000);

interface Described {
  readonly type?: 'kubernetes_stateful_set_v1' | 'kubernetes_deployment_v1';
  readonly name: string;
  readonly namespace?: string;
  readonly path: string;
  readonly replicas?: string;
}

/** The ConfigMap and the pod of a replicated app, as a plan shows them. */
function planned({
  type = 'kubernetes_stateful_set_v1',
  name,
  namespace = 'apps',
  path,
  replicas = '1',
}: Described) {
  const config = { dbs: [{ path: '/data/app.db', replica: { type: 's3', bucket: 'home', path } }] };
  const sidecar = {
    name: 'litestream',
    image: 'litestream/litestream:0.5.18',
    command: null,
    args: ['replicate'],
    volume_mount: [{ name: 'config', mount_path: '/etc', sub_path: '' }],
  };
  const pod = {
    container: [{ name, image: 'example.org/app:1' }],
    init_container: [sidecar],
    volume: [{ name: 'config', config_map: [{ name: `${name}-config` }] }],
  };
  return {
    [`kubernetes_config_map_v1.${name}-config`]: {
      metadata: [{ name: `${name}-config`, namespace }],
      data: { 'litestream.yml': JSON.stringify(config) },
    },
    [`${type}.${name}`]: {
      metadata: [{ name, namespace }],
      spec: [{ replicas, template: [{ metadata: [{}], spec: [pod] }] }],
    },
  };
}

const all = (apps: readonly Described[]): Readonly<Record<string, object>> =>
  Object.assign({}, ...apps.map(planned));

function changes(before: readonly Described[], after: readonly Described[]): ResourceChange[] {
  const [old, next] = [all(before), all(after)];
  return [...new Set([...Object.keys(old), ...Object.keys(next)])].map((address) => ({
    address,
    mode: 'managed',
    type: address.split('.')[0] ?? '',
    change: { actions: ['update'], before: old[address] ?? null, after: next[address] ?? null },
  }));
}

const notes: Described = { name: 'notes', path: 'notes' };
const tasks: Described = { name: 'tasks', path: 'tasks' };

it.each<[string, readonly Described[], readonly Described[], readonly string[]]>([
  [
    'a new name',
    [notes],
    [{ ...notes, name: 'diary' }],
    ['StatefulSet apps/diary takes s3://home/notes from StatefulSet apps/notes'],
  ],
  [
    'another namespace',
    [notes],
    [{ ...notes, namespace: 'private' }],
    ['StatefulSet private/notes takes s3://home/notes from StatefulSet apps/notes'],
  ],
  [
    'another kind',
    [{ ...notes, type: 'kubernetes_deployment_v1' }],
    [notes],
    ['StatefulSet apps/notes takes s3://home/notes from Deployment apps/notes'],
  ],
  [
    'two that swap their paths',
    [notes, tasks],
    [
      { ...notes, path: 'tasks' },
      { ...tasks, path: 'notes' },
    ],
    [
      'StatefulSet apps/notes takes s3://home/tasks from StatefulSet apps/tasks',
      'StatefulSet apps/tasks takes s3://home/notes from StatefulSet apps/notes',
    ],
  ],
  ['an app that comes', [], [notes], ['StatefulSet apps/notes takes s3://home/notes from ']],
  [
    'a Deployment that was stopped before',
    [{ ...notes, type: 'kubernetes_deployment_v1', replicas: '0' }],
    [notes],
    ['StatefulSet apps/notes takes s3://home/notes from '],
  ],
  ['an app that stays or goes', [notes, tasks], [notes], []],
])('sees who takes over a replica: %s', (_, before, after, expected) => {
  const takers = takersIn({ resource_changes: changes(before, after) });
  expect(
    takers.map(
      ({ title, replica, former }) =>
        `${title} takes ${replica} from ${former.map((one) => one.title).join(', ')}`,
    ),
  ).toEqual(expected);
});

it('takes nobody for a writer who is only looked up', () => {
  const looked = changes([], [notes]).map((change): ResourceChange => ({ ...change, mode: 'data' }));
  expect(takersIn({ resource_changes: looked })).toStrictEqual([]);
});

describe('a plan', () => {
  let home: TemporaryHome;
  let server: Server;
  let answer: { status: number; pods: readonly object[] };

  beforeEach(async () => {
    home = temporaryHome();
    home.describe('workloads');
    answer = { status: 200, pods: [] };
    server = createServer((request, response) => {
      response.writeHead(request.url === '/api/v1/pods' ? answer.status : 404);
      response.end(JSON.stringify({ items: answer.pods }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const kubeconfig = {
      contexts: [{ name: 'home', context: { cluster: 'c', user: 'u' } }],
      clusters: [{ name: 'c', cluster: { server: url } }],
      users: [{ name: 'u', user: { token: 't' } }],
    };
    home.write('kubeconfig', JSON.stringify(kubeconfig));
  });
  afterEach(() => {
    server.close();
    home.remove();
  });

  const look = (before: readonly Described[], after: readonly Described[]): Promise<void> => {
    const session = {
      environment: { KUBE_CONFIG_PATH: join(home.root, 'kubeconfig') },
      home: { cluster: { kubeconfigContext: 'home' } },
    } as unknown as Session;
    const made = { resource_changes: changes(before, after) };
    return requireOneWriter(
      session,
      readRootModule(home.root, 'workloads'),
      made,
      'npm run plan -- workloads',
    );
  };

  /** A pod as the API tells it; without an owner it belongs to no StatefulSet. */
  const pod = (name: string, replica: string, owner?: string, kind = 'StatefulSet', other = replica) => ({
    metadata: {
      name,
      namespace: 'apps',
      ...(owner === undefined ? {} : { ownerReferences: [{ kind, name: owner }] }),
    },
    spec: {
      initContainers: [
        { env: [{ name: 'OTHER', value: other }] },
        { env: [{ name: 'REPLICA', value: replica }] },
      ],
    },
  });
  const replica = 's3://home/notes';

  it('is refused while it hands a replica from one object to another', async () => {
    await expect(look([notes], [{ ...notes, name: 'diary' }])).rejects.toThrow(
      'workloads/: kubernetes_stateful_set_v1.diary: would write to s3://home/notes beside StatefulSet apps/notes, and two writers destroy a replica. `npm run adopt -- workloads` lets that one end first.',
    );
  });

  it('is not kept while it does so', async () => {
    const program = scriptedTerraform(home);
    program.answer({ show: { resource_changes: changes([notes], [{ ...notes, name: 'diary' }]) } });
    expect(await home.run(plan, ['workloads'], program.environment)).toBe(1);
    expect(home.said.at(-1)).toContain('two writers destroy a replica');
    expect(existsSync(join(home.root, 'terraform/workloads/.terraform/home.tfplan'))).toBe(false);
  });

  it.each<[string, object]>([
    ['of another object', pod('diary-0', replica, 'diary')],
    ['of nobody', pod('notes-7c9', replica)],
    ['of another kind, and of its name', pod('notes-7c9', replica, 'notes', 'ReplicaSet')],
  ])('is refused while a pod %s still writes to the replica', async (_, other) => {
    answer = { ...answer, pods: [pod('tasks-0', 's3://home/tasks', 'tasks'), other] };
    await expect(look([], [notes])).rejects.toThrow(
      /would write to s3:\/\/home\/notes beside pod apps\/\S+, which has not ended.*npm run plan -- workloads.*nothing was changed/,
    );
  });

  it.each<[string, readonly object[]]>([
    ['there is no pod', []],
    ['its own pod is there', [pod('notes-0', replica, 'notes')]],
    ['another pod speaks of it alone', [pod('a-0', 's3://home/a', 'a', 'StatefulSet', replica)]],
    ['others write elsewhere', [pod('tasks-0', 's3://home/tasks', 'tasks'), { metadata: {}, spec: {} }]],
  ])('passes when %s', async (_, pods) => {
    answer = { ...answer, pods };
    await expect(look([], [notes])).resolves.toBeUndefined();
  });

  it('is refused once for each object that takes a replica', async () => {
    answer = { ...answer, pods: [pod('old-0', replica, 'old'), pod('old-1', 's3://home/tasks', 'old')] };
    const lines = await look([notes], [{ ...notes, name: 'diary' }, tasks]).catch(({ message }) => message);
    expect(lines.split('\n')).toEqual([
      expect.stringContaining('diary: would write to s3://home/notes beside StatefulSet apps/notes'),
      expect.stringContaining('tasks: would write to s3://home/tasks beside pod apps/old-1'),
    ]);
  });

  it('is refused while the cluster does not say what writes', async () => {
    answer = { ...answer, status: 403 };
    await expect(look([], [notes])).rejects.toThrow(
      'cannot be asked which pods write to replicas: it answers 403. Nothing was changed.',
    );
  });

  it('asks no cluster when nobody takes over a replica', async () => {
    answer = { ...answer, status: 500 };
    await expect(look([notes, tasks], [notes])).resolves.toBeUndefined();
  });
});
