import { type Block, resolve } from '@home/terraform';
import { labelsOf } from './labels';
import { type PodProps, cronJob, daemonSet, deployment, statefulSet } from './pods';

const labels = labelsOf('notes', 'app');
const main = {
  name: 'notes',
  image: 'notes:1.0.0',
  memory: '64Mi',
  args: ['serve'],
  env: { LEVEL: 'info' },
  port: [{ name: 'web', container_port: 8080 }],
  liveness_probe: { exec: { command: ['true'] } },
};
const props = (more: Partial<PodProps> = {}): PodProps => ({
  namespace: 'apps',
  labels,
  container: main,
  ...more,
});
const bodyOf = (block: Block) => resolve(block.body) as Record<string, Record<string, unknown>>;
function podOf(more: Partial<PodProps> = {}) {
  const { spec } = bodyOf(deployment('notes', props(more)));
  const { template } = Object(spec);
  return { ...template.metadata, ...template.spec };
}
const redis = { name: 'redis', image: 'redis:8.2.1', memory: '32Mi', scratch: ['/data', '/var/tmp'] };

it('runs before its container what has all but its arguments, its port and what asks how it is', () => {
  const uses = [
    { mounts: [{ name: 'data', mount_path: '/data' }], volumes: [{ name: 'data', empty_dir: {} }] },
  ];
  const { init_container: init, container } = podOf({ init: [['sh', '-c', 'true'], ['/bin/migrate']], uses });
  expect(init).toMatchObject([
    { name: 'init-1', command: ['sh', '-c', 'true'] },
    { name: 'init-2', command: ['/bin/migrate'] },
  ]);
  const [first] = init;
  for (const same of ['image', 'env', 'resources', 'security_context', 'volume_mount'])
    expect(first[same]).toEqual(container[0][same]);
  for (const none of ['args', 'port', 'liveness_probe']) expect(first[none]).toBeUndefined();
  expect(podOf().init_container).toBeUndefined();
});

it('runs beside its container what starts before it, with scratch folders of its own', () => {
  const pod = podOf({ beside: [redis], container: { ...main, scratch: ['/tmp'] } });
  expect(pod.init_container).toMatchObject([
    {
      name: 'redis',
      restart_policy: 'Always',
      volume_mount: [
        { name: 'scratch-redis', mount_path: '/data', sub_path: 'data' },
        { name: 'scratch-redis', mount_path: '/var/tmp', sub_path: 'var/tmp' },
      ],
    },
  ]);
  expect(pod.container[0].volume_mount).toEqual([{ name: 'scratch', mount_path: '/tmp', sub_path: 'tmp' }]);
  expect(pod.volume).toEqual([
    { name: 'scratch-redis', empty_dir: {} },
    { name: 'scratch', empty_dir: {} },
  ]);
});

it.each<[string, Partial<PodProps>]>([
  ['scratch', { container: { ...main, scratch: ['/etc'] } }],
  ['scratch', { beside: [{ ...redis, scratch: ['/etc'] }] }],
])('hides no folder of the system by %s', (prop, more) => {
  expect(() => podOf(more)).toThrow(new RegExp(`${prop} "/etc" must not be a folder of the system`));
});

it('gives volumes to the group of whoever writes into them, and further groups to no one else', () => {
  const groups = (container: object) => {
    const { fs_group, supplemental_groups } = podOf({
      container: { ...main, ...container },
    }).security_context;
    return [fs_group, supplemental_groups];
  };
  expect(groups({})).toEqual(['1000', undefined]);
  expect(groups({ user: { uid: 5, gid: 6, groups: [20, 44] } })).toEqual(['6', [20, 44]]);
  expect(groups({ root: { why: 'It has to.' } })).toEqual([undefined, undefined]);
});

it.each<[string, Partial<PodProps>, string | undefined]>([
  ['443', { container: { ...main, port: [{ container_port: 8443 }, { container_port: 443 }] } }, '443'],
  ['53 of a container beside', { beside: [{ ...redis, port: [{ container_port: 53 }] }] }, '53'],
  ['1024', { container: { ...main, port: [{ container_port: 1024 }] } }, undefined],
  [
    '53 on the host’s network',
    { container: { ...main, port: [{ container_port: 53 }] }, spec: { host_network: true } },
    undefined,
  ],
])('opens the port %s to whoever is not root', (_, more, from) => {
  const { sysctl } = podOf(more).security_context;
  const expected = from && [{ name: 'net.ipv4.ip_unprivileged_port_start', value: from }];
  expect(sysctl).toEqual(expected);
});

it('tells no program of other Services, and only whom it was told to of the API', () => {
  const alone = podOf();
  expect(alone).toMatchObject({ enable_service_links: false, automount_service_account_token: false });
  expect(alone.service_account_name).toBeUndefined();
  const account = { name: 'reader', blocks: [] } as never;
  expect(podOf({ account })).toMatchObject({
    service_account_name: 'reader',
    automount_service_account_token: true,
  });
});

it('is more particular where it, or what it uses, says so', () => {
  const used = { priority_class_name: 'high' };
  const pod = podOf({
    spec: { host_network: true, priority_class_name: 'low' },
    uses: [{ spec: used, annotations: { a: 'b' } }, {}],
    beyondRestricted: 'It has to.',
  });
  expect(pod).toMatchObject({ host_network: true, priority_class_name: 'high' });
  expect(Object.values(pod.annotations)).toEqual(['b', 'It has to.']);
});

it('never has two pods where one may write, and waits for none', () => {
  const one = bodyOf(deployment('notes', props()));
  expect(one).toMatchObject({
    metadata: { name: 'notes', namespace: 'apps', labels },
    spec: { replicas: '1', strategy: { type: 'Recreate' }, selector: { match_labels: labels } },
    wait_for_rollout: false,
  });
  expect(bodyOf(statefulSet('notes', { ...props(), serviceName: 'notes' }))).toMatchObject({
    spec: { replicas: '1', service_name: 'notes', pod_management_policy: 'Parallel' },
    wait_for_rollout: false,
  });
  const ownLabels = { tier: 'a' };
  const all = bodyOf(daemonSet('notes', props({ ownLabels })));
  expect(all).toMatchObject({
    metadata: { labels: { ...labels, ...ownLabels } },
    spec: { selector: { match_labels: labels }, template: { metadata: { labels } } },
    wait_for_rollout: false,
  });
});

it('runs a job at its times, never two at once, and tries a failed one twice more', () => {
  const { spec } = bodyOf(cronJob('notes', { ...props(), schedule: '0 4 * * *', timezone: 'Europe/Berlin' }));
  expect(spec).toMatchObject({
    schedule: '0 4 * * *',
    timezone: 'Europe/Berlin',
    concurrency_policy: 'Forbid',
    failed_jobs_history_limit: 3,
    successful_jobs_history_limit: 1,
    job_template: {
      metadata: { labels },
      spec: {
        backoff_limit: 2,
        template: { metadata: { labels }, spec: { restart_policy: 'Never', container: [{ name: 'notes' }] } },
      },
    },
  });
});
