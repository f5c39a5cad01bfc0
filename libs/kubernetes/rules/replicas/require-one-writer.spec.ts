import { raw } from '@home/terraform';
import {
  type ReplicatedExample,
  complaints,
  container,
  exampleHome,
  makesPods,
  replicatedApp,
} from '../example-home';
import { requireOneWriter } from './require-one-writer';

const check = (given: ReplicatedExample) =>
  complaints(requireOneWriter, ...exampleHome({ app: replicatedApp('app', given) }));
const refusal = (what: string, remedy: string, type = 'stateful_set') =>
  `apps/workloads/app: kubernetes_${type}_v1.app: a replicated database ${what}. ${remedy}.`;

it.each<ReplicatedExample>([
  {},
  { spec: { replicas: '1' } },
  { spec: { replicas: '0' } },
  { spec: { replicas: raw('var.replicas') } },
  { spec: { update_strategy: { type: 'RollingUpdate' } } },
  { spec: { update_strategy: [{ type: raw('var.strategy') }] } },
  { litestream: { image: raw('var.image'), command: ['litestream', 'replicate'], args: undefined } },
  {
    litestream: {
      image: 'registry.rpi:5000/tools:1',
      command: ['/bin/sh', '-c', 'exec /usr/bin/litestream replicate; true'],
    },
  },
])('accepts case %#', (given) => {
  expect(check(given)).toEqual([]);
});

it('refuses a second writer, and a writer that is not replicated to its end', () => {
  const notStateful = refusal(
    'must belong to a StatefulSet: anything else starts the next pod while the last one still writes',
    'Use kubernetes_stateful_set_v1',
    'deployment',
  );
  expect(check({ type: 'deployment' })).toEqual([notStateful]);
  expect(check({ type: 'deployment', spec: { strategy: { type: 'Recreate' } } })).toEqual([notStateful]);
  expect(check({ spec: { replicas: '2' } })).toEqual([
    refusal('must have one pod, but replicas is "2"', 'Write replicas: "1"'),
  ]);
  expect(check({ spec: { update_strategy: { type: 'OnDelete' } } })).toEqual([
    refusal(
      'must be updated by RollingUpdate: any other strategy waits until somebody deletes the pod',
      'Leave update_strategy out',
    ),
  ]);
});

it('refuses Litestream as anything but a native sidecar', () => {
  const line = refusal(
    'must be replicated until its app has ended, but container "litestream" ends with it',
    'Make it an init_container with restart_policy: "Always"',
  );
  const litestream = container({
    name: 'litestream',
    image: 'litestream/litestream:0.5.18',
    args: ['replicate'],
  });
  expect(check({ podSpec: { init_container: [], container: [container(), litestream] } })).toEqual([line]);
  expect(check({ litestream: { restart_policy: undefined } })).toEqual([line]);
});

it('finds Litestream whatever way it is called', () => {
  const ways = [
    { args: ['replicate'] },
    {
      image: 'ghcr.io/benbjohnson/litestream@sha256:' + 'a'.repeat(64),
      args: ['replicate', '-config', '/etc/l.yml'],
    },
    { image: 'app:1', command: ['/usr/local/bin/litestream'], args: ['replicate'] },
    { image: 'app:1', command: ['/bin/sh', '/etc/replicate-database.sh'], args: ['litestream', 'replicate'] },
    { image: 'app:1', command: ['sh', '-c', 'litestream restore x && litestream replicate -exec app'] },
  ];
  expect(ways.filter((litestream) => check({ type: 'deployment', litestream }).length !== 1)).toEqual([]);
});

it('asks nothing of pods that replicate nothing', () => {
  const restore = container({ image: 'litestream/litestream:0.5.18', args: ['restore', '/data/app.db'] });
  const verify = makesPods('verify', { type: 'cron_job', podSpec: { container: [restore] } });
  expect(complaints(requireOneWriter, verify)).toEqual([]);
  expect(
    complaints(
      requireOneWriter,
      makesPods('replicate', { podSpec: { container: [container({ args: ['replicate'] })] } }),
    ),
  ).toEqual([]);
});
