import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';
import { ProblemsError, refuse } from '@home/terraform';
import type { Session } from '../session';
import { exceptionsIn, waitUntilReady } from './wait-until-ready';

let root: string;
beforeEach(() => {
  root = makeTemporaryFolder();
  mkdirSync(join(root, 'terraform/workloads'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

function generate(workload: string, settings: Readonly<Record<string, string>>): void {
  const env = Object.entries(settings).map(([name, value]) => ({ name, value }));
  const spec = { template: { spec: { init_container: [{ name: 'restore', env }] } } };
  const file = { resource: { kubernetes_stateful_set_v1: { [workload]: { spec } } } };
  writeFileSync(join(root, `terraform/workloads/${workload}.tf.json`), JSON.stringify(file));
}

it('says nothing about databases whose replica is required', () => {
  generate('memos', { REPLICA_FIRST: 'required' });
  expect(exceptionsIn(root, 'workloads')).toEqual([]);
  expect(exceptionsIn(root, 'platform')).toEqual([]);
});

it('says to take a first deploy back', () => {
  generate('memos', { REPLICA_FIRST: 'new' });
  generate('gotify', { REPLICA_FIRST: 'new' });
  expect(exceptionsIn(root, 'workloads')).toEqual([
    'workloads: gotify, memos may start with an empty database. That is for a first deploy only: take ' +
      "`replication.firstDeploy` in libs/home/facts.ts back to false, or `first: 'new'` out of the workload, " +
      'then `npm run generate` and `npm run deploy`',
  ]);
});

it('says to take a restore point out again', () => {
  generate('memos', { REPLICA_FIRST: 'required', RESTORE_TIMESTAMP: '2026-11-20T08:00:00Z' });
  expect(exceptionsIn(root, 'workloads')).toEqual([
    'workloads: memos was restored to what `restore` says. Take it out again, ' +
      'then `npm run generate` and `npm run deploy`',
  ]);
});

it('stops waiting when something makes it vain', async () => {
  const terminal = { status: () => undefined, note: () => undefined };
  const session = { environment: {}, terminal } as unknown as Session;
  const api = { what: 'the API', http: { url: 'http://127.0.0.1:1/' } };
  const vain = async () => refuse('cluster: m01', 'is blank', 'Run `npm run deploy` again');
  await expect(waitUntilReady(session, 'cluster', [api], 900, vain)).rejects.toBeInstanceOf(ProblemsError);
});
