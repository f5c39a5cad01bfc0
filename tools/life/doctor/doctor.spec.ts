import { chmodSync, cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';
import { readFacts } from '@home/home';
import { ProblemsError } from '@home/terraform';
import { type TemporaryWorkspace, temporaryWorkspace } from '@home/testing';
import { lookAtStarts, lookAtWays } from './checks';
import { type Check, type Finding, examine } from './finding';
import { newerVersions } from './newer-versions';
import { nodeVersion } from './programs';

const facts = readFacts();

jest.setTimeout(60_000);

const root = join(__dirname, '../../..');
const nobody = { root, environment: {} };

/** A home with one app. */
const oneApp = {
  'apps/workloads/stack.ts': `
import { stack } from '@home/home';
import { clusterProvider } from '@home/kubernetes';
export default stack({ providers: { kubernetes: [clusterProvider()] } });
`,
  'apps/workloads/memos/main.ts': `
import { webApp } from '@home/kubernetes';
import { resource } from '@home/providers';
const space = resource('kubernetes_namespace_v1', 'apps', { metadata: { name: 'apps' } });
const memos = webApp('memos', {
  namespace: space.ref.metadata[0].name,
  image: 'ghcr.io/usememos/memos:0.24.4',
  port: 5230,
  host: 'memos',
  memory: '64Mi',
});
export default [space, memos];
`,
};

let house: TemporaryWorkspace;
beforeAll(() => {
  house = temporaryWorkspace(oneApp);
  for (const path of ['tools/life', 'mise.toml'])
    cpSync(join(root, path), join(house.root, path), { recursive: true });
});
afterAll(() => rmSync(house.root, { recursive: true }));

test('problems become findings that say what to do', async () => {
  const check: Check = {
    title: 'something',
    look() {
      throw new ProblemsError([{ where: 'here', what: 'must hold', remedy: 'Mend it' }]);
    },
  };
  expect(await examine(check, nobody)).toEqual([
    { what: 'here', state: 'broken', detail: 'must hold', remedy: 'Mend it' },
  ]);
});

describe('node', () => {
  let folder: string;
  beforeAll(() => {
    folder = makeTemporaryFolder();
    writeFileSync(join(folder, 'package.json'), '{ "engines": { "node": ">=22.13" } }');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['v18.20.4', 'due'],
    ['v20.20.2', 'due'],
    ['v22.12.0', 'due'],
    ['v22.13.0', 'fine'],
    ['v24.0.0', 'fine'],
  ])('%s is %s', (version, state) => {
    expect(nodeVersion({ root: folder, environment: {} }, version)).toMatchObject({ what: 'node', state });
  });
});

it.each([
  ['http://192.168.107.4:9000', 'fine'],
  ['http://[fd00:affe:cafe:107::4]:9000', 'fine'],
  ['https://s3.example.org', 'fine'],
  ['http://192.168.108.4:9000', 'due'],
  ['http://s3.example.org', 'due'],
])('%s is %s as the way to a store', (endpoint, state) => {
  const nas = { ...facts.nas, s3: { ...facts.nas.s3, endpoint } };
  expect(lookAtWays({ ...facts, nas })).toMatchObject([{ what: 'nas.s3.endpoint', state }]);
});

test.each([
  [true, 'required', [{ what: 'replication.firstDeploy', state: 'due' }]],
  [false, 'required', [{ what: 'databases', state: 'fine' }]],
  [false, 'new', [{ what: 'apps/workloads/notes', state: 'due' }]],
])('firstDeploy %s and first: %s are told when they were left on', (firstDeploy, first, found) => {
  const env = [{ name: 'REPLICA_FIRST', value: first }];
  const body = { spec: { template: { spec: { init_container: [{ env }] } } } };
  const pod = { kind: 'resource', type: 'kubernetes_stateful_set_v1', label: 'notes', body } as const;
  const blocks = [{ ...pod, stack: 'workloads', workload: 'notes' }];
  const replication = { ...facts.replication, firstDeploy };
  expect(lookAtStarts({ replication }, blocks)).toMatchObject(found);
});

describe('newer versions', () => {
  const look = (tags: () => Promise<string[]>): Promise<Finding[]> =>
    examine(newerVersions({ tagsOf: tags, versionsOf: async () => ['0.0.1'] }), {
      ...nobody,
      root: house.root,
    });

  it('are due, and say which', async () => {
    const findings = await look(async () => ['0.24.4', '999.0.0', 'v999.0.0', 'latest']);
    const memos = findings.find(({ what }) => what.startsWith('ghcr.io/usememos/memos '));
    expect(memos).toMatchObject({ state: 'due', detail: 'there is 999.0.0' });
    expect(findings.find(({ what }) => what.startsWith('hashicorp/kubernetes '))).toMatchObject({
      state: 'fine',
    });
  });

  it('are not seen where nobody answers, in one line for each who does not', async () => {
    const findings = await look(async () => {
      throw new Error('nobody answers');
    });
    const unseen = findings.filter(({ state }) => state === 'unseen');
    expect(unseen).toHaveLength(1);
    expect(unseen[0]).toMatchObject({
      detail: 'nobody answers',
      what: expect.stringContaining('usememos/memos'),
    });
  });
});

describe('npm run doctor', () => {
  let folder: string;
  beforeAll(() => (folder = makeTemporaryFolder()));
  afterAll(() => rmSync(folder, { recursive: true }));

  const secret = 'a'.repeat(64);
  const run = (...given: string[]) =>
    house.run(
      'env',
      ...[`KUBE_CONFIG_PATH=${join(folder, 'kubeconfig')}`, `TF_VAR_home_root_secret=${secret}`],
      ...['node', '-r', './offline.cjs', '-r', './tools/nx-home/typescript.cjs'],
      ...['tools/life/doctor/main.ts', ...given],
    );

  // Registries are not asked: without a network that takes long, and with one they answer differently each day.
  beforeAll(() =>
    house.write({
      'offline.cjs': "globalThis.fetch = () => Promise.reject(new Error('no network in a test'));\n",
    }),
  );

  it('finds a kubeconfig that others can read and a root that is not of this home, and tells no secret', () => {
    writeFileSync(join(folder, 'kubeconfig'), `users: [{ name: me, user: { token: ${secret} } }]`);
    chmodSync(join(folder, 'kubeconfig'), 0o644);
    const generated = house.run('node', '-r', './tools/nx-home/typescript.cjs', 'tools/nx-home/main.ts');
    expect(generated).toMatchObject({ exitCode: 0, stderr: '' });
    const { exitCode, stdout, stderr } = run('--json');
    const findings: Finding[] = JSON.parse(stdout);
    expect(exitCode).toBe(1);
    expect(findings).toContainEqual(
      expect.objectContaining({
        state: 'broken',
        what: expect.stringMatching(/kubeconfig$/),
        detail: expect.stringContaining('its owner alone'),
      }),
    );
    expect(findings).toContainEqual(
      expect.objectContaining({ state: 'broken', what: 'TF_VAR_home_root_secret' }),
    );
    expect(stdout + stderr).not.toContain(secret);
  });
});
