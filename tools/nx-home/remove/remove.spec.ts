import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';
import { formatFile } from '@home/terraform';
import { leftStacks, projectName, readHouse, removeStackFolder } from '@tools/nx-home/graph';
import { findRemoval } from './find-removal';
import { removeFromHome } from './remove-from-home';

let root = '';
beforeEach(() => {
  root = makeTemporaryFolder();
  for (const [file, imports] of Object.entries(files)) write(`apps/${file}`, textOf(imports));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

const textOf = (imports: readonly string[]): string =>
  imports.map((name) => `import '${name}';\n`).join('') || '// Nothing.\n';

/** Each file is given by what it imports. */
const files = {
  'platform/stack.ts': [],
  'platform/namespaces/main.ts': [],
  'workloads/stack.ts': ['@home/platform'],
  'workloads/gotify/main.ts': ['@home/platform/namespaces'],
  'workloads/notes/main.ts': ['@home/platform/namespaces'],
  'integrations/stack.ts': ['@home/workloads'],
  'integrations/dashboard/main.ts': ['@home/platform/namespaces'],
  'integrations/notifications/main.ts': ['@home/workloads/gotify'],
  'integrations/logs/main.ts': ['./parts', '@home/integrations/notifications'],
};

const going = (...names: string[]): string[] => findRemoval(readHouse(root), names).gone.map(projectName);

it.each<[string, string[], string[]]>([
  ['nothing else when nobody imports it', ['notes'], ['notes']],
  ['what imports it, and what imports that', ['gotify'], ['logs', 'notifications', 'gotify']],
  [
    'a stack with its last workload',
    ['gotify', 'dashboard'],
    ['dashboard', 'logs', 'notifications', 'integrations', 'gotify'],
  ],
  ['all of a stack', ['integrations'], ['dashboard', 'logs', 'notifications', 'integrations']],
])('takes along %s', (_, names, gone) => {
  expect(going(...names)).toEqual(gone);
});

it('keeps a stack without workloads that a later one comes after', () => {
  expect(going('notes', 'gotify')).toEqual(['logs', 'notifications', 'gotify', 'notes']);
});

it.each([
  ['a name that nobody has', ['gotfy'], 'must name a stack or workload of the home, but it has no "gotfy"'],
  [
    'a stack that another one comes after',
    ['workloads'],
    'apps/integrations/stack.ts:1: imports "@home/workloads", which cannot go while integrations stays. Remove integrations too',
  ],
])('refuses %s', (_, names, message) => {
  expect(() => findRemoval(readHouse(root), names)).toThrow(message);
});

it('removes folders, and what Renovate is told of images that are gone', () => {
  const image = (name: string): string => `  image: 'ghcr.io/${name}:1.0.0',\n`;
  write('apps/workloads/gotify/main.ts', image('gotify') + textOf(['@home/platform/namespaces']));
  write('apps/workloads/notes/main.ts', image('notes'));
  const rules = [
    { matchPackageNames: ['ghcr.io/notes', 'ghcr.io/gotify'] },
    { matchPackageNames: ['ghcr.io/gotify'] },
    { pinDigests: true },
  ];
  write('renovate.json', JSON.stringify({ packageRules: rules }));
  removeFromHome(root, ['gotify'], {
    delete: (path) => rmSync(join(root, path), { recursive: true }),
    write,
  });
  expect(readHouse(root)).toMatchObject({ missing: [] });
  expect(readHouse(root).places.map(projectName)).toEqual([
    'dashboard',
    'integrations',
    'namespaces',
    'platform',
    'notes',
    'workloads',
  ]);
  const read = (file: string): string => readFileSync(join(root, file), 'utf8');
  expect(JSON.parse(read('renovate.json'))).toEqual({
    packageRules: [{ matchPackageNames: ['ghcr.io/notes'] }, { pinDigests: true }],
  });
});

it('leaves everything as it is when something is refused', () => {
  const files = { delete: () => fail(), write: () => fail() };
  const fail = (): never => {
    throw new Error('something was changed');
  };
  expect(() => removeFromHome(root, ['notes', 'nobody'], files)).toThrow('has no "nobody"');
});

describe('what is generated of a stack that is gone', () => {
  beforeEach(() => {
    const backend = { local: { path: '../../.state/integrations.tfstate' } };
    write('terraform/integrations/stack.tf.json', formatFile({ terraform: { backend } } as never, 'apps'));
    write('terraform/integrations/own.tf', '');
    removeFromHome(root, ['integrations'], {
      delete: (path) => rmSync(join(root, path), { recursive: true }),
      write,
    });
  });

  it.each([
    ['goes, since it made nothing', undefined, false],
    ['goes, since what it made was destroyed', '{"version":4,"resources":[]}', false],
    ['stays, since it tells what was made', '{"version":4,"resources":[{}]}', true],
    ['stays, since nobody can read what it made', 'encrypted', true],
  ])('%s', (_, state, mayHaveMade) => {
    if (state !== undefined) write('.state/integrations.tfstate', state);
    expect(leftStacks(root, readHouse(root))).toEqual([{ stack: 'integrations', mayHaveMade }]);
  });

  it('stays where its state is elsewhere', () => {
    write('terraform/integrations/stack.tf.json', '{"terraform":{"backend":{"s3":{}}}}');
    expect(leftStacks(root, readHouse(root))).toEqual([{ stack: 'integrations', mayHaveMade: true }]);
  });

  it('is removed without what somebody made by hand', () => {
    expect(removeStackFolder(root, 'integrations')).toEqual(['terraform/integrations/stack.tf.json']);
    expect(existsSync(join(root, 'terraform/integrations/own.tf'))).toBe(true);
    expect(leftStacks(root, readHouse(root))).toEqual([]);
  });
});
