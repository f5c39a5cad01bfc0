import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';
import { findLost } from './lost-workloads';
import type { PlanJson } from './plan-json';

jest.setTimeout(60_000);

const root = makeTemporaryFolder();
afterAll(() => rmSync(root, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

const label = 'notes-litestream-config';
const config = {
  dbs: [
    {
      path: '/data/notes.db',
      replica: { type: 's3', bucket: 'replicas', path: 'notes', endpoint: 'http://10.0.0.4:9000' },
    },
  ],
};
const removing = (data: object): PlanJson => ({
  resource_changes: [
    {
      address: `kubernetes_config_map_v1.${label}`,
      mode: 'managed',
      type: 'kubernetes_config_map_v1',
      change: {
        actions: ['delete'],
        before: { data },
        after: null,
      },
    },
  ],
});
const removed = removing({ 'litestream.yml': JSON.stringify(config) });

const git = (...given: string[]) => execFileSync('git', ['-C', root, ...given]);
const commit = (message: string) => {
  git('add', '--all');
  git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', `--message=${message}`);
};

beforeAll(() => {
  git('init', '--quiet');
  const described = JSON.stringify({ resource: { kubernetes_config_map_v1: { [label]: {} } } });
  write('terraform/workloads/notes.tf.json', described);
  // What is none of Terraform's files describes nothing.
  write('terraform/workloads/a-copy.json', described);
  write('apps/workloads/notes/main.ts', '');
  commit('A home');
});

const find = (plan: PlanJson, workload?: string) =>
  findLost(root, { stack: 'workloads', workloadOf: () => workload } as never, plan);
const farewell = async (plan = removed): Promise<readonly string[] | undefined> =>
  (await find(plan)).farewells.get('notes');

it('says how a database that was taken off its app comes back: by the app’s file, which is there', async () => {
  expect(await farewell()).toEqual([
    'Its database goes with its pod; the replica stays: replicas/notes at http://10.0.0.4:9000',
    'To get it back, put its database back into apps/workloads/notes/main.ts and deploy: it restores the replica before it starts.',
    '`npm run restore -- notes` gets the data alone, into a local file, while that is there.',
  ]);
});

it('says how the database of an app that is gone comes back: by its folder', async () => {
  rmSync(join(root, 'apps/workloads/notes'), { recursive: true });
  expect(await farewell()).toContain(
    'To get it back, put apps/workloads/notes back and deploy: it restores the replica before it starts.',
  );
});

it.each([{ 'app.yml': 'x' }, { 'litestream.yml': 'no configuration' }])(
  'tells of no database where none goes: %j',
  async (data) => expect(await farewell(removing(data))).toEqual([]),
);

const [change] = removed.resource_changes ?? [];
const changed = (more: object): PlanJson => ({ resource_changes: [{ ...change, ...more } as never] });

it('says so of what Terraform only forgets, too', async () => {
  const forgotten = changed({ change: { ...change?.change, actions: ['forget'] } });
  expect(await farewell(forgotten)).toHaveLength(3);
});

it.each<[string, PlanJson, string | undefined]>([
  ['nothing goes', {}, undefined],
  ['something is still described', removed, 'notes'],
  ['something changes', changed({ change: { ...change?.change, actions: ['update'] } }), undefined],
  ['a data source is not read any more', changed({ mode: 'data' }), undefined],
])('says nothing where %s', async (_, plan, workload) => {
  const { farewells, workloadOf } = await find(plan, workload);
  expect(farewells.size).toBe(0);
  expect(workloadOf(`kubernetes_config_map_v1.${label}`)).toBeUndefined();
});

it('names each of several databases by its path, and of what no replica is told leaves it out', async () => {
  const replica = (path: string, bucket = 'replicas') => ({
    path: `/data/${path}.db`,
    replica: { type: 's3', bucket, path },
  });
  const dbs = [replica('notes/a'), replica('notes/b'), replica('notes/c', '')];
  const lines = await farewell(removing({ 'litestream.yml': JSON.stringify({ dbs }) }));
  expect(lines?.slice(0, 2)).toEqual([
    'Its database goes with its pod; the replica stays: replicas/notes/a at S3',
    'Its database goes with its pod; the replica stays: replicas/notes/b at S3',
  ]);
  expect(lines?.at(-1)).toMatch(/^`npm run restore -- notes\/a`, `npm run restore -- notes\/b` gets/);
});

it('finds whose it was in the last commit that had it', async () => {
  git('rm', '--quiet', 'terraform/workloads/notes.tf.json');
  commit('Notes are gone');
  write('terraform/workloads/feed.tf.json', '{}');
  commit('A feed');
  expect(await farewell()).toHaveLength(3);
});
