import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { many, one, readGeneratedStack } from '@home/generated';
import { home } from '@home/home';
import { formatProblem } from '@home/terraform';
import { type TemporaryWorkspace, temporaryWorkspace } from '@home/testing';
import { createTree } from '@nx/devkit/testing';
import { checkWorkload } from './check-workload';
import workloadGenerator from './generator';
import type { NewWorkload } from './workload-files';

jest.setTimeout(120_000);

const root = join(__dirname, '../../..');
const wanted: NewWorkload = {
  name: 'newcomer',
  stack: 'workloads',
  image: 'ghcr.io/example/newcomer:1.2.3',
  port: 8080,
  host: 'newcomer',
  memory: '1Mi',
};

const [present] = readGeneratedStack('workloads').flatMap(({ type, workload, body }) =>
  type === 'kubernetes_ingress_v1'
    ? many(one(body['spec'])['rule']).map(({ host }) => ({ workload, host: String(host) }))
    : [],
);

const complaints = (changed: Partial<NewWorkload>): string[] =>
  checkWorkload(root, { ...wanted, ...changed }).map(formatProblem);

test('a web app that keeps every rule is welcome, with a database and without', () => {
  expect(complaints({})).toEqual([]);
  expect(complaints({ database: '/data/newcomer.db' })).toEqual([]);
});

test.each<[string, Partial<NewWorkload>, string]>([
  ['a floating tag', { image: 'ghcr.io/example/newcomer:latest' }, 'must pin a version'],
  [
    'a taken host',
    { host: present?.host.replace(`.${home.domain}`, '') },
    `"${present?.host}" must be unique`,
  ],
  ['a name that is taken', { name: present?.workload }, 'must have a name of its own'],
  ['a name that is none', { name: 'New_Comer' }, 'must have a name of lower-case letters'],
  ['a name that means something else', { name: 'whole-home' }, 'that is not reserved'],
  ['a port that is none', { port: 0 }, 'must be a whole number from 1 to 65535'],
  [
    'a database that has no folder',
    { database: 'newcomer.db' },
    '--database: database.file "newcomer.db" must be an absolute path',
  ],
  [
    'an address with its domain',
    { host: 'newcomer.rpi' },
    '--host: host "newcomer.rpi" must be the part before',
  ],
  ['a stack that is none', { stack: 'cellar' }, '--stack: must be a stack of the home'],
  [
    'a folder for a database',
    { database: '/data/' },
    '--database: database.file "/data/" must name a file, not its folder',
  ],
  ['more memory than there is', { memory: '900Gi' }, 'memory requests of'],
])('%s is refused', (_, changed, complaint) => {
  expect(complaints(changed)).toContainEqual(expect.stringContaining(complaint));
});

test('everything that is wrong is said at once', () => {
  const wrong = { image: 'newcomer:latest', port: 99999, host: 'new comer', database: 'newcomer.db' };
  expect(complaints(wrong).sort()).toEqual([
    expect.stringMatching('^--database: '),
    expect.stringMatching('^apps/workloads/newcomer: image "newcomer:latest"'),
    expect.stringMatching('^apps/workloads/newcomer: .*: container port 99999 '),
    expect.stringMatching('^apps/workloads/newcomer: kubernetes_ingress_v1.newcomer: host "new comer.'),
  ]);
});

test('a name that is refused hides nothing else, and is not complained of with every object', () => {
  expect(complaints({ name: 'New_Comer', host: 'New_Comer', image: 'newcomer:latest' }).sort()).toEqual([
    expect.stringMatching('^apps/workloads/New_Comer: image "newcomer:latest"'),
    expect.stringMatching('^apps/workloads/New_Comer: must have a name'),
  ]);
});

test.each(['platform', 'integrations'])(
  'a stack that lacks the provider of a database is refused: %s',
  (stack) => {
    expect(complaints({ stack })).toEqual([]);
    expect(complaints({ stack, database: '/data/newcomer.db' })).toEqual([
      expect.stringMatching(
        `^apps/${stack}/newcomer: .* needs the provider healthchecksio, .* Add it to the providers in stack.ts.$`,
      ),
    ]);
  },
);

describe('npx nx g workload', () => {
  let house: TemporaryWorkspace;
  const generate = (...given: string[]) =>
    house.run('node_modules/.bin/nx', 'g', 'workload', ...given, '--no-interactive');

  beforeAll(() => {
    house = temporaryWorkspace({});
    for (const folder of ['apps', 'talos', 'terraform', '.prettierrc.json']) {
      cpSync(join(root, folder), join(house.root, folder), { recursive: true });
    }
  });
  afterAll(() => rmSync(house.root, { recursive: true, force: true }));

  it('writes a folder that generates as it is', () => {
    const flags = ['--image=ghcr.io/example/newcomer:1.2.3', '--port=8080', '--database=/data/newcomer.db'];
    const { exitCode, stdout } = generate('newcomer', ...flags, '--memory=1Mi');
    expect({ exitCode, stdout }).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('npm run plan -- workloads'),
    });
    expect(house.read('apps/workloads/newcomer/main.ts')).toContain("export default webApp('newcomer', {\n");
    const generated = house.run('node', '-r', './tools/nx-home/typescript.cjs', 'tools/nx-home/main.ts');
    expect(generated).toMatchObject({ exitCode: 0, stderr: '' });
    expect(house.read('terraform/workloads/newcomer.tf.json')).toContain('kubernetes_stateful_set_v1');
  });

  /** What Nx does without its start, which takes longer than all the rest: the files wait in a tree. */
  const inTree = (given: Partial<NewWorkload>) => {
    const tree = Object.assign(createTree(), { root });
    tree.delete('.prettierrc');
    return { tree, generated: workloadGenerator(tree, { ...wanted, ...given }) };
  };

  it('says what comes next only when there is something', async () => {
    const said = jest.spyOn(console, 'log').mockImplementation();
    // Jest cannot load Prettier, an ES module, and the case above shows that what is written is formatted.
    const warned = jest.spyOn(console, 'warn').mockImplementation();
    const { tree, generated } = inTree({ name: 'shown', host: '' });
    const finish = await generated;
    expect(tree.listChanges().map(({ type, path }) => `${type} ${path}`)).toContain(
      'CREATE apps/workloads/shown/main.ts',
    );
    // With --dry-run Nx neither writes them nor does what comes last.
    expect(said.mock.calls.join('\n')).not.toContain('npm run');
    await finish();
    expect(said.mock.calls.join('\n')).toContain('npm run plan -- workloads');
    expect(existsSync(join(root, 'apps/workloads/shown'))).toBe(false);
    said.mockRestore();
    warned.mockRestore();
  });

  it('writes nothing when it refuses', async () => {
    const { tree, generated } = inTree({ name: 'other', image: 'other:latest' });
    await expect(generated).rejects.toThrow('must pin a version');
    expect(tree.listChanges()).toEqual([]);
  });
});
