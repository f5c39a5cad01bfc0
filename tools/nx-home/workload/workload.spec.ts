import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { formatProblem } from '@home/terraform';
import { type TemporaryWorkspace, temporaryWorkspace } from '@home/testing';
import { type Description, describeHome } from '@tools/nx-home/describe';
import { createTree } from '@nx/devkit/testing';
import { checkWorkload } from './check-workload';
import workloadGenerator from './generator';
import { provisionsFor } from './provisions';
import type { NewWorkload, Recipe } from './workload-files';

jest.setTimeout(120_000);

/** A home with what apps need, and one of them. */
const homeWithApps = {
  'apps/platform/stack.ts': `
import { stack } from '@home/home';
import { clusterProvider } from '@home/kubernetes';
export default stack({ providers: { kubernetes: [clusterProvider()] } });
`,
  'apps/platform/spaces/main.ts': `
import { resource } from '@home/providers';
const forApps = resource('kubernetes_namespace_v1', 'apps', { metadata: { name: 'apps' } });
const forInfra = resource('kubernetes_namespace_v1', 'infra', { metadata: { name: 'infra' } });
export const infra = forInfra.ref.metadata[0].name;
export const apps = forApps.ref.metadata[0].name;
export default [forApps, forInfra];
`,
  'apps/platform/store/main.ts': `
import { home } from '@home/home';
import type { Replica } from '@home/kubernetes';
import { resource } from '@home/providers';
const secret = resource('kubernetes_secret_v1', 'keys', { metadata: { name: 'keys', namespace: 'apps' }, data_wo: {} });
export const replicas: Replica = {
  endpoint: 'http://nas.test:9000',
  bucket: 'replicas',
  secretName: 'keys',
  secretRevision: 1,
  firstDeploy: false,
  images: { litestream: home.images.litestream, verify: home.images.replicaVerify },
  memoryRequest: home.memoryRequests.litestream,
  ...(home.alerts?.kind === 'healthchecks.io' ? { alerts: home.alerts } : {}),
};
export default [secret];
`,
  'apps/workloads/stack.ts': `
import { rootSecret, stack } from '@home/home';
import { clusterProvider } from '@home/kubernetes';
import { provider } from '@home/providers';
import platform from '../platform/stack';
export default stack({
  after: [platform],
  providers: { kubernetes: [clusterProvider()], healthchecksio: [provider('healthchecksio', {})] },
  blocks: [rootSecret],
});
`,
  'apps/workloads/present/main.ts': `
import { webApp } from '@home/kubernetes';
import { apps } from '../../platform/spaces/main';
export default webApp('present', {
  namespace: apps,
  image: 'ghcr.io/example/present:1.2.3',
  port: 8080,
  host: 'here',
  memory: '1Mi',
});
`,
};

let house: TemporaryWorkspace;
let description: Description;
beforeAll(() => {
  house = temporaryWorkspace(homeWithApps);
  const format = '.prettierrc.json';
  house.write({ [format]: readFileSync(join(__dirname, '../../..', format), 'utf8') });
  description = describeHome(house.root, () => true);
  expect(description.problems).toEqual([]);
});
afterAll(() => rmSync(house.root, { recursive: true, force: true }));

const wanted: NewWorkload = {
  name: 'newcomer',
  stack: 'workloads',
  image: 'ghcr.io/example/newcomer:1.2.3',
  port: 8080,
  host: 'newcomer',
  memory: '1Mi',
  files: [],
  scratch: ['/tmp'],
  ports: {},
};

/** What is said of a new workload in a home that was described. */
function complaints(changed: Partial<NewWorkload>, home = description): string[] {
  const workload = { ...wanted, ...changed };
  const provisions = provisionsFor(workload.stack, house.root, home);
  return checkWorkload(house.root, home, provisions, workload).map(formatProblem);
}

test('a web app that keeps every rule is welcome, with a database and without', () => {
  expect(complaints({})).toEqual([]);
  expect(complaints({ database: '/data/newcomer.db', files: ['/data/pictures', '/app/pictures'] })).toEqual(
    [],
  );
});

test.each<[string, Partial<NewWorkload>, string]>([
  ['a floating tag', { image: 'ghcr.io/example/newcomer:latest' }, 'must pin a version'],
  [
    'a port without a number',
    { ports: { dns: { port: 'x' as unknown as number } } },
    '--ports: ports.dns.port "x" must be a whole number',
  ],
  [
    'neither yes nor no',
    { login: 'perhaps' as unknown as boolean },
    '--login: login "perhaps" must be true or false',
  ],
  [
    'a login that nobody checks',
    { login: true },
    '--login: login must be one that libs/home/facts.ts describes',
  ],
  ['a taken host', { host: 'here' }, '"here.rpi" must be unique'],
  ['a name that is taken', { name: 'present' }, 'must have a name of its own'],
  ['a name that is none', { name: 'New_Comer' }, 'must have a name of lower-case letters'],
  ['a name that means something else', { name: 'whole-home' }, 'that is not reserved'],
  ['a port that is none', { port: 0 }, '--port: port 0 must be a port from 1 to 65535'],
  ['no name', { name: '' }, 'npx nx g workload: must be followed by the name of the workload'],
  ['no image', { image: '' }, '--image: image "" must be the name of an image'],
  ['memory that is none', { memory: '64m' }, '--memory: memory "64m" must be between'],
  ['a name that is too long', { name: 'a'.repeat(35), database: '/data/a.db' }, 'must be at most 34'],
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
  [
    'files where the database is',
    { database: '/data/newcomer.db', files: ['/data'] },
    '--files: files "/data" must not hold the database',
  ],
  [
    'a scratch folder that is no path',
    { scratch: ['tmp'] },
    '--scratch: scratch[0] "tmp" must be the absolute path of a folder',
  ],
  ['more memory than there is', { memory: '900Gi' }, 'memory requests of'],
])('%s is refused', (_, changed, complaint) => {
  expect(complaints(changed)).toContainEqual(expect.stringContaining(complaint));
});

test('everything that is wrong is said at once', () => {
  const wrong = { image: 'newcomer:latest', port: 99999, host: 'new comer', database: 'newcomer.db' };
  expect(complaints(wrong).sort()).toEqual([
    expect.stringMatching('^--database: '),
    expect.stringMatching('^--host: host "new comer" '),
    expect.stringMatching('^--image: image "newcomer:latest" '),
    expect.stringMatching('^--port: port 99999 '),
  ]);
});

test('a name that is refused hides nothing else, and is not complained of with every object', () => {
  expect(complaints({ name: 'New_Comer', host: 'New_Comer', image: 'newcomer:latest' }).sort()).toEqual([
    expect.stringMatching('^--image: image "newcomer:latest" '),
    expect.stringMatching('^apps/workloads/New_Comer: must have a name'),
  ]);
});

test('a recipe that is none is refused with the names of those that are, and one that the home cannot carry', () => {
  const said = (given: Recipe, home = description) =>
    checkWorkload(house.root, home, provisionsFor(given.stack, house.root, home), given).map(formatProblem);
  const login = 'perhaps' as unknown as boolean;
  expect(said({ name: 'newcomer', stack: 'cellar', recipe: 'vaultwardem', login })).toEqual([
    expect.stringMatching('^--stack: must be a stack of the home'),
    expect.stringMatching('^--recipe: must be one of the recipes, but is "vaultwardem". Use .*vaultwarden'),
    expect.stringMatching('^--login: must be yes or no, but is "perhaps"'),
  ]);
  const loaded = description.loaded.filter(({ place }) => place.workload !== 'store');
  expect(
    said({ name: 'newcomer', stack: 'workloads', recipe: 'vaultwarden' }, { ...description, loaded }),
  ).toEqual([expect.stringMatching('^--recipe: must have a replica to come back from')]);
});

test('a stack that lacks the provider of a database is refused', () => {
  expect(complaints({ stack: 'platform' })).toEqual([]);
  expect(complaints({ stack: 'platform', database: '/data/newcomer.db' })).toEqual([
    expect.stringMatching(
      '^apps/platform/newcomer: .* needs the provider healthchecksio, .* Add it to the providers in stack.ts.$',
    ),
  ]);
});

test('a home that has no place for apps yet is told what is missing, and everything else as well', () => {
  const loaded = description.loaded.filter(({ place }) => place.workload === 'stack');
  const changed = { database: '/data/newcomer.db', image: 'newcomer:latest' };
  expect(complaints(changed, { ...description, loaded })).toEqual([
    '--stack: must be a stack whose workloads can import a namespace for apps, but "workloads" has none at hand. Export one that is called "apps", in this stack or an earlier one: `export const apps = forApps.ref.metadata[0].name`.',
    '--database: must have a replica to come back from, but no workload that "workloads" can import exports one. Export where databases are replicated to: `export const replica: Replica = { … }`.',
    expect.stringMatching('^--image: image "newcomer:latest" '),
  ]);
});

test('a name that nobody gave is never spoken of', () => {
  const home = { ...description, owned: [] };
  for (const changed of [{ memory: '900Gi' }, { host: 'here' }, { image: '' }, {}])
    expect(complaints({ name: 'New_Comer', ...changed }, home).join()).not.toContain('without-a-name');
});

describe('npx nx g workload', () => {
  // By its path, since node_modules has the generators of the workspace that lends it.
  const generate = (...given: string[]) =>
    house.run('node_modules/.bin/nx', 'g', './tools/generators:workload', ...given, '--no-interactive');

  it('writes a folder that generates as it is', () => {
    const flags = ['--image=ghcr.io/example/newcomer:1.2.3', '--port=8080', '--database=/data/newcomer.db'];
    const { exitCode, stdout } = generate(
      'newcomer',
      ...flags,
      '--memory=1Mi',
      '--files=/data/pictures',
      '--scratch=/tmp /run',
      '--ports=metrics=9090 dns=53/udp',
      '--login=no',
    );
    expect({ exitCode, stdout }).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('npm run plan -- workloads'),
    });
    const main = house.read('apps/workloads/newcomer/main.ts');
    expect(main).toContain("export default webApp('newcomer', {\n");
    expect(main).toContain("  files: { '/data/pictures': 'newcomer' },\n");
    expect(main).toContain("  scratch: ['/tmp', '/run'],\n");
    expect(main).toContain("  ports: { metrics: { port: 9090 }, dns: { port: 53, protocol: 'UDP' } },\n");
    expect(main).toContain('  public: true,\n');
    const generated = house.run('node', '-r', './tools/nx-home/typescript.cjs', 'tools/nx-home/main.ts');
    expect(generated).toMatchObject({ exitCode: 0, stderr: '' });
    expect(house.read('terraform/workloads/newcomer.tf.json')).toContain('kubernetes_stateful_set_v1');
  });

  it('writes a recipe with what this home has for its apps, and that generates as it is', () => {
    expect(generate('passwords', '--recipe=vaultwarden', '--login=no')).toMatchObject({ exitCode: 0 });
    const main = house.read('apps/workloads/passwords/main.ts');
    expect(main).toContain("import { apps } from '@home/platform/spaces';\n");
    expect(main).toContain("import { replicas as replica } from '@home/platform/store';\n");
    expect(main).toContain("export default webApp('passwords', {\n");
    expect(main).toContain("  host: 'passwords',\n  public: true,\n");
    const generated = house.run('node', '-r', './tools/nx-home/typescript.cjs', 'tools/nx-home/main.ts');
    expect(generated).toMatchObject({ exitCode: 0, stderr: '' });
    expect(house.read('terraform/workloads/passwords.tf.json')).toContain('"passwords.rpi"');
  });

  it('refuses a recipe as it refuses what is written by hand: it is judged as it would be written', () => {
    house.edit('apps/workloads/present/main.ts', "host: 'here'", "host: 'taken'");
    const { exitCode, stderr } = generate('taken', '--recipe=navidrome', '--port=99999');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('"taken.rpi" must be unique');
    expect(stderr).toContain('--port: must not stand beside --recipe, which is written as it is.');
    expect(existsSync(join(house.root, 'apps/workloads/taken'))).toBe(false);
  });

  /** What Nx does without its start, which takes longer than all the rest: the files wait in a tree. */
  const inTree = (given: Partial<NewWorkload>) => {
    const tree = Object.assign(createTree(), { root: house.root });
    tree.delete('.prettierrc');
    return {
      tree,
      // In a home that the world knows each app says who may reach it.
      generated: workloadGenerator(tree, {
        ...wanted,
        ...given,
        files: '',
        scratch: '/tmp',
        ports: '',
        login: 'no',
      }),
    };
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
    expect(existsSync(join(house.root, 'apps/workloads/shown'))).toBe(false);
    said.mockRestore();
    warned.mockRestore();
  });

  it('writes nothing when it refuses', async () => {
    const { tree, generated } = inTree({ name: 'other', image: 'other:latest' });
    await expect(generated).rejects.toThrow('must pin a version');
    expect(tree.listChanges()).toEqual([]);
  });

  it('names what could not be loaded, since what it offers seems to be missing', async () => {
    house.edit(
      'apps/platform/store/main.ts',
      'const secret =',
      'throw new Error("no store today");\nconst secret =',
    );
    await expect(inTree({ database: '/data/newcomer.db' }).generated).rejects.toThrow('no store today');
  });
});
