import type { ResourceChange } from './plan-json';
import { takersIn } from './one-writer';

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
