import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';
import { ownPaths } from './check-code';

let workspace = '';
beforeEach(() => {
  workspace = makeTemporaryFolder();
  for (const folder of ['feed', 'notes', 'shared']) {
    mkdirSync(join(workspace, 'apps/workloads', folder), { recursive: true });
  }
  writeFileSync(join(workspace, 'apps/workloads/stack.ts'), '');
});
afterEach(() => rmSync(workspace, { recursive: true }));

test('the code of a workload is its folder, and that of a stack what belongs to no workload', () => {
  expect(ownPaths(workspace, 'apps/workloads/feed', [])).toEqual(['apps/workloads/feed']);
  const workloads = ['apps/workloads/feed', 'apps/workloads/notes'];
  expect(ownPaths(workspace, 'apps/workloads', workloads)).toEqual([
    'apps/workloads/shared',
    'apps/workloads/stack.ts',
  ]);
});
