import { type Block, resolve } from '@home/terraform';
import { webApp } from '../app/web-app';
import { exampleReplica } from './example-replica';

const blocksWith = (database: object) =>
  webApp('notes', {
    namespace: 'apps',
    image: 'notes:1.0.0',
    port: 80,
    host: 'notes',
    memory: '64Mi',
    database: { file: '/data/notes.db', replica: exampleReplica, verify: '0 3 * * 6', ...database },
  }).blocks;
const job = (database: object = {}) => {
  const block = blocksWith(database).find(({ type }) => type === 'kubernetes_cron_job_v1') as Block;
  return Object(resolve(block.body['spec']));
};
const podOf = (spec: ReturnType<typeof job>) => spec.job_template.spec.template;
const environmentOf = (database: object): Record<string, string> => {
  const [{ env }] = podOf(job(database)).spec.container;
  return Object.fromEntries(env.map(({ name, value }: { name: string; value: string }) => [name, value]));
};

it('restores the replica as its app does, into a folder that goes with its pod', () => {
  const { container, volume } = podOf(job()).spec;
  expect(container).toMatchObject([
    {
      image: 'example.org/verify:1.0.0',
      env_from: expect.arrayContaining([{ secret_ref: { name: 'litestream' } }]),
      resources: { requests: { memory: '48Mi' }, limits: { memory: '384Mi' } },
      security_context: { run_as_user: '65532', read_only_root_filesystem: true },
      volume_mount: [
        { name: 'config', mount_path: '/etc/litestream.yml', sub_path: 'litestream.yml', read_only: true },
        { name: 'scratch', mount_path: '/scratch' },
      ],
    },
  ]);
  expect(volume).toMatchObject([
    { name: 'config', config_map: { name: 'notes-litestream-config' } },
    { name: 'scratch', empty_dir: {} },
  ]);
  expect(environmentOf({})).toMatchObject({ APP_DB_PATH: '/data/notes.db', TMPDIR: '/scratch' });
});

it('looks for what its app says must be there, and for nothing else', () => {
  const asked = ['EXPECTED_TABLES', 'TABLES_WITH_ROWS', 'FOREIGN_KEYS', 'WRITTEN_WITHIN_DAYS'];
  expect(Object.keys(environmentOf({})).filter((name) => asked.includes(name))).toEqual([]);
  const expects = { tables: ['user', 'note'], rows: ['user'], foreignKeys: 'ignore', writtenWithinDays: 7 };
  expect(environmentOf({ expects })).toMatchObject({
    EXPECTED_TABLES: 'user note',
    TABLES_WITH_ROWS: 'user',
    FOREIGN_KEYS: 'ignore',
    WRITTEN_WITHIN_DAYS: '7',
  });
});

it('comes round when it is told to, one at a time, and fails only the third time', () => {
  expect(job({ verify: '0 5 * * 1' })).toMatchObject({
    schedule: '0 5 * * 1',
    concurrency_policy: 'Forbid',
    failed_jobs_history_limit: 3,
    successful_jobs_history_limit: 1,
    job_template: { spec: { completions: 1, backoff_limit: 2 } },
  });
});

it('is no pod that the app’s Service sends people to, and knows nothing of the cluster', () => {
  const { metadata, spec } = podOf(job());
  expect(metadata.labels['app.kubernetes.io/name']).toBe('notes-litestream-verify');
  expect(spec).toMatchObject({
    restart_policy: 'Never',
    automount_service_account_token: false,
    enable_service_links: false,
    security_context: { fs_group: '65532', seccomp_profile: { type: 'RuntimeDefault' } },
  });
});

it('gives each Litestream of an app what its replica asks for, and at most what it allows', () => {
  const set = blocksWith({ replica: { ...exampleReplica, memoryRequest: '50Mi', memoryLimit: '1Gi' } }).find(
    ({ type }) => type === 'kubernetes_stateful_set_v1',
  );
  const { template } = Object(resolve(set?.body['spec']));
  for (const { resources } of template.spec.init_container)
    expect(resources).toEqual({ requests: { memory: '50Mi' }, limits: { memory: '1Gi' } });
});
