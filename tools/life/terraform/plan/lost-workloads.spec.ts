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

beforeAll(() => {
  const git = (...given: string[]) => execFileSync('git', ['-C', root, ...given]);
  git('init', '--quiet');
  write(
    'terraform/workloads/notes.tf.json',
    JSON.stringify({ resource: { kubernetes_config_map_v1: { [label]: {} } } }),
  );
  write('apps/workloads/notes/main.ts', '');
  git('add', '--all');
  git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', '--message=A home');
});

const farewell = async (plan = removed): Promise<readonly string[] | undefined> => {
  const module = { stack: 'workloads', workloadOf: () => undefined };
  return (await findLost(root, module as never, plan)).farewells.get('notes');
};

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
