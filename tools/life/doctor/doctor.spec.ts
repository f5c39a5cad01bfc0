import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProblemsError } from '@home/terraform';
import { newerVersions } from './checks/newer-versions';
import { nodeVersion } from './checks/programs';
import { type Check, type Finding, examine } from './finding';

jest.setTimeout(60_000);

const root = join(__dirname, '../../..');
const nobody = { root, environment: {} };

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
    folder = mkdtempSync(join(tmpdir(), 'doctor-'));
    writeFileSync(join(folder, 'package.json'), '{ "engines": { "node": ">=20.19" } }');
    writeFileSync(join(folder, 'mise.toml'), '[tools]\nnode = "20.20.2"\n');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['v18.20.4', 'broken'],
    ['v20.18.3', 'broken'],
    ['v20.19.0', 'due'],
    ['v20.20.2', 'fine'],
    ['v24.0.0', 'fine'],
  ])('%s is %s', (version, state) => {
    expect(nodeVersion({ root: folder, environment: {} }, version)).toMatchObject({ what: 'node', state });
  });
});

describe('newer versions', () => {
  const look = (tags: () => Promise<string[]>): Promise<Finding[]> =>
    examine(newerVersions({ tagsOf: tags, versionsOf: async () => ['0.0.1'] }), nobody);

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
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'doctor-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  const secret = 'a'.repeat(64);
  const run = (...given: string[]) =>
    spawnSync(
      process.execPath,
      ['-r', join(__dirname, '../../nx-home/typescript.cjs'), join(__dirname, 'main.ts'), ...given],
      {
        cwd: root,
        encoding: 'utf8',
        env: {
          ...process.env,
          KUBE_CONFIG_PATH: join(folder, 'kubeconfig'),
          TF_VAR_home_root_secret: secret,
        },
      },
    );

  it('finds a kubeconfig that others can read and a root that is not of this home, and tells no secret', () => {
    writeFileSync(join(folder, 'kubeconfig'), `users: [{ name: me, user: { token: ${secret} } }]`);
    chmodSync(join(folder, 'kubeconfig'), 0o644);
    const { status, stdout, stderr } = run('--json');
    const findings: Finding[] = JSON.parse(stdout);
    expect(status).toBe(1);
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
