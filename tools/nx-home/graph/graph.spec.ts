import { formatFile, formatProblems } from '@home/terraform';
import { checkNames } from './check-names';
import { checkOrder } from './order';
import { importedStacks, readStacks, stackOrder } from './stacks';
import { inferDependencies } from '../nx/infer-dependencies';
import { orphansOf, readHouse, workloadsOf } from './house';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';

describe('a house', () => {
  let root = '';

  beforeEach(() => {
    root = makeTemporaryFolder();
  });
  afterEach(() => rmSync(root, { recursive: true }));

  /** Each file is given by what it imports. */
  function read(files: Readonly<Record<string, readonly string[]>>) {
    for (const [file, imports] of Object.entries(files)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(
        join(root, file),
        ['// A file.', ...imports.map((name) => `import '${name}';`)].join('\n'),
      );
    }
    return readHouse(root);
  }
  const problems = (files: Readonly<Record<string, readonly string[]>>): string[] => {
    const house = read(files);
    return formatProblems([...checkNames(root, house), ...checkOrder(house)])
      .split('\n')
      .filter(Boolean);
  };

  test.each<[string, string, string, string]>([
    ['a linked workload', 'elsewhere', 'apps/workloads/linked', 'must not be a link that leads to no file'],
    [
      'a link to nothing',
      'nowhere',
      'apps/workloads/feed/main.ts',
      'must not be a link that leads to no file',
    ],
    [
      'a link to itself',
      'main.ts',
      'apps/workloads/feed/main.ts',
      'must not be a link that leads to no file',
    ],
  ])('refuses %s, whose generated file would count as left over', (_, target, link, what) => {
    read({
      'apps/workloads/stack.ts': [],
      'apps/workloads/notes/main.ts': [],
      'apps/workloads/elsewhere/x.txt': [],
    });
    mkdirSync(dirname(join(root, link)), { recursive: true });
    symlinkSync(target, join(root, link));
    expect(problems({})).toEqual([expect.stringContaining(`${link}: ${what}`)]);
  });

  test('refuses a folder in the place of a description, and takes no folder for code', () => {
    mkdirSync(join(root, 'apps/workloads/feed/main.ts'), { recursive: true });
    mkdirSync(join(root, 'apps/workloads/feed/helper.ts'));
    expect(problems({ 'apps/workloads/stack.ts': [] })).toEqual([
      'apps/workloads/feed/main.ts: must be a file, but is a folder. Rename it.',
    ]);
  });

  test.each([
    ['apps/workloads/feed/main.js', 'apps/workloads/feed: must have a main.ts'],
    ['apps/workloads/feed/Main.ts', 'apps/workloads/feed: must have a main.ts'],
    ['apps/workloads/news/feed/main.ts', 'apps/workloads/news: must have a main.ts'],
    ['apps/feed/main.ts', 'apps/feed: must have a stack.ts'],
    ['apps/feed/Stack.ts', 'apps/feed: must have a stack.ts'],
    ['talos/feed/index.ts', 'talos/feed: must have a main.ts'],
  ])('leaves out no description that has the wrong name or lies in the wrong place: %s', (file, what) => {
    expect(problems({ 'apps/workloads/stack.ts': [], [file]: [] })).toEqual([expect.stringContaining(what)]);
  });

  test('asks for no description of what is no code', () => {
    expect(
      problems({
        'apps/workloads/stack.ts': [],
        'apps/workloads/notes/README.md': [],
        'apps/workloads/node_modules/dice/index.js': [],
        'apps/README.md': [],
      }),
    ).toEqual([]);
  });

  const stacks = {
    'talos/stack.ts': [],
    'apps/platform/stack.ts': ['@home/cluster'],
    'apps/workloads/stack.ts': ['@home/platform'],
  };

  test('has its stacks in the order of their imports, those of workloads included', () => {
    const house = read({
      ...stacks,
      'apps/integrations/stack.ts': [],
      'apps/integrations/logs/main.ts': ['@home/workloads/gotify'],
      'apps/workloads/gotify/main.ts': ['@home/kubernetes', './feeds', '@home/platform/dns'],
      'apps/platform/dns/main.ts': ['../../../libs/home'],
    });
    expect(checkOrder(house)).toEqual([]);
    expect(stackOrder(house)).toEqual(['cluster', 'platform', 'workloads', 'integrations']);
  });

  test('applies the machines, where they are described, before whatever needs no other stack', () => {
    const files = {
      'apps/platform/stack.ts': [],
      'apps/platform/dns/main.ts': [],
      'apps/workloads/stack.ts': ['@home/platform'],
    };
    expect(importedStacks(read(files))).toEqual(new Map([['workloads', new Set(['platform'])]]));
    const house = read({ ...files, 'talos/stack.ts': [] });
    expect(stackOrder(house)).toEqual(['cluster', 'platform', 'workloads']);
    const projects = Object.fromEntries(house.places.map(({ where }) => [where, { root: where }]));
    expect(inferDependencies({}, { workspaceRoot: root, projects })).toContainEqual(
      expect.objectContaining({ source: 'apps/platform', target: 'talos' }),
    );
  });

  test.each<{ where: string; files: Readonly<Record<string, readonly string[]>> }>([
    { where: 'its stack.ts', files: { 'apps/a/stack.ts': ['@home/b'] } },
    { where: 'a workload', files: { 'apps/a/stack.ts': [], 'apps/a/x/main.ts': ['@home/b/y'] } },
    {
      where: 'a file in a folder of a workload',
      files: {
        'apps/a/stack.ts': [],
        'apps/a/x/main.ts': [],
        'apps/a/x/parts/deep/helper.ts': ['../../../../b/y/main'],
      },
    },
  ])('applies a stack after the one that $where imports, whatever the two are called', ({ files }) => {
    const house = read({ ...files, 'apps/b/stack.ts': [], 'apps/b/y/main.ts': [] });
    expect(stackOrder(house)).toEqual(['b', 'a']);
    expect(importedStacks(house)).toEqual(new Map([['a', new Set(['b'])]]));
  });

  test('applies by name what nothing orders, and the longest way counts', () => {
    const house = read({
      'apps/z/stack.ts': [],
      'apps/y/stack.ts': [],
      'apps/c/stack.ts': ['@home/z'],
      'apps/b/stack.ts': ['@home/c'],
      'apps/a/stack.ts': ['@home/z', '@home/b'],
    });
    expect(stackOrder(house)).toEqual(['y', 'z', 'c', 'b', 'a']);
  });

  test.each<[string, string, boolean]>([
    ['an import', "import { b } from '@home/b/y';", true],
    ['an import of types', "import type { B } from '@home/b/y';", true],
    ['everything passed on', "export * from '@home/b/y';", true],
    ['one thing passed on', "export { b } from '@home/b/y';", true],
    ['an export of its own', "export const b = '@home/b/y';", false],
    ['a comment', "// import '@home/b/y';", false],
    ['another name than a workload has', "import '@home/b/y.ts';", false],
  ])('counts what a file needs: %s', (_, text, counts) => {
    read({ 'apps/a/stack.ts': [], 'apps/a/x/main.ts': [], 'apps/b/stack.ts': [], 'apps/b/y/main.ts': [] });
    writeFileSync(join(root, 'apps/a/x/main.ts'), text);
    const { dependencies } = readHouse(root);
    expect(dependencies.map(({ specifier, line }) => ({ specifier, line }))).toEqual(
      counts ? [{ specifier: '@home/b/y', line: 1 }] : [],
    );
  });

  test('tells each import of what is gone in one line, and what else to remove', () => {
    mkdirSync(join(root, 'libs/kubernetes'), { recursive: true });
    writeFileSync(join(root, 'libs/kubernetes/index.ts'), '');
    expect(
      problems({
        'apps/a/stack.ts': ['@home/gone'],
        'apps/a/x/main.ts': ['@home/kubernetes', '@home/a/y'],
        'apps/a/z/main.ts': ['./helper', '@home/a/x'],
        'apps/a/z/helper.ts': ['@home/gone/b'],
        'apps/a/z/main.spec.ts': ['@home/a/y'],
      }),
    ).toEqual([
      'apps/a/stack.ts:2: must import what is there, but there is no "@home/gone". Take the import out, or the folder back from git.',
      'apps/a/x/main.ts:3: must import what is there, but there is no "@home/a/y". Take the import out, the folder back from git, or apps/a/x away with it: `npx nx g remove x`.',
      'apps/a/z/helper.ts:2: must import what is there, but there is no "@home/gone/b". Take the import out, the folder back from git, or apps/a/z away with it: `npx nx g remove z`.',
    ]);
  });

  test('lists the workloads of a stack, sorted, and takes no file and no other stack’s for one', () => {
    const house = read({
      'apps/a/stack.ts': [],
      'apps/a/y/main.ts': [],
      'apps/a/x/main.ts': [],
      'apps/a/notes.ts': [],
      'apps/a/empty/notes.ts': [],
      'apps/b/stack.ts': [],
      'apps/b/z/main.ts': [],
    });
    expect(workloadsOf(house, 'a').map(({ workload }) => workload)).toEqual(['x', 'y']);
    expect(house.places.map(({ file }) => file)).toEqual(
      ['a/stack.ts', 'a/x/main.ts', 'a/y/main.ts', 'b/stack.ts', 'b/z/main.ts']
        .map((file) => `apps/${file}`)
        .sort(),
    );
  });

  test('gives up generated files that no workload owns, and no file that generate did not write', () => {
    const house = read({ 'apps/a/stack.ts': [], 'apps/a/x/main.ts': [] });
    expect(orphansOf(root, 'a', house.places)).toEqual([]);
    mkdirSync(join(root, 'terraform/a'), { recursive: true });
    for (const name of ['stack', 'x', 'z-gone', 'gone'])
      writeFileSync(join(root, `terraform/a/${name}.tf.json`), formatFile({}, 'apps'));
    writeFileSync(join(root, 'terraform/a/own.tf.json'), '{}');
    writeFileSync(join(root, 'terraform/a/x.tfstate'), formatFile({}, 'apps'));
    expect(orphansOf(root, 'a', house.places)).toEqual([
      'terraform/a/gone.tf.json',
      'terraform/a/z-gone.tf.json',
    ]);
  });

  test('has one order for generate, Nx and deploy: an import counts in whatever file of a workload it stands', () => {
    const house = read({
      'apps/a/stack.ts': [],
      'apps/a/x/main.ts': ['./helper'],
      'apps/a/x/helper.ts': ['@home/b/y'],
      'apps/b/stack.ts': [],
      'apps/b/y/main.ts': [],
    });
    expect(stackOrder(house)).toEqual(['b', 'a']);
    const stacks = readStacks(root);
    expect(stacks.names).toEqual(['b', 'a']);
    expect(stacks.before('a')).toEqual(['b']);
    expect(stacks.after('b')).toEqual(['a']);
    const projects = Object.fromEntries(house.places.map(({ where }) => [where, { root: where }]));
    expect(inferDependencies({}, { workspaceRoot: root, projects })).toContainEqual(
      expect.objectContaining({ source: 'apps/a', target: 'apps/b' }),
    );
  });

  test('counts stacks that nobody describes any more last, after those whose states they read', () => {
    read({ 'apps/platform/stack.ts': [] });
    for (const stack of ['platform', 'gone']) {
      const read = stack === 'gone' ? { platform: {} } : {};
      mkdirSync(join(root, 'terraform', stack), { recursive: true });
      writeFileSync(
        join(root, 'terraform', stack, 'stack.tf.json'),
        JSON.stringify({ data: { terraform_remote_state: read } }),
      );
    }
    const { names, orphans, before, after } = readStacks(root);
    expect({ names, orphans, before: before('gone'), after: after('platform') }).toEqual({
      names: ['platform', 'gone'],
      orphans: new Set(['gone']),
      before: ['platform'],
      after: ['gone'],
    });
  });

  test.each<{ made: string; files: Readonly<Record<string, readonly string[]>>; names: string }>([
    {
      made: 'by workloads',
      files: {
        'apps/one/stack.ts': [],
        'apps/one/a/main.ts': ['@home/two/b'],
        'apps/two/stack.ts': [],
        'apps/two/b/main.ts': ['@home/one'],
      },
      names:
        'the stacks one → two → one must not need each other in a circle: apps/one/a/main.ts:2 imports "@home/two/b"',
    },
    {
      made: 'by an import of a later stack',
      files: { ...stacks, 'apps/platform/dns/main.ts': ['@home/workloads'] },
      names:
        'apps/platform/dns/main.ts:2: must not import "@home/workloads", since the stack workloads comes after',
    },
  ])('has no order in a circle of stacks, and names the imports of one made $made', ({ files, names }) => {
    read(files);
    expect(() => readStacks(root)).toThrow(names);
  });

  test('refuses an import of a later stack, by alias and by path', () => {
    expect(
      problems({
        ...stacks,
        'apps/platform/dns/main.ts': ['@home/workloads/gotify'],
        'apps/platform/ingress/main.ts': ['./routes'],
        'apps/platform/ingress/routes.ts': ['../../workloads/gotify/main'],
        'apps/workloads/gotify/main.ts': [],
        'talos/machines/main.ts': ['@home/platform'],
      }),
    ).toMatchInlineSnapshot(`
     [
       "apps/platform/dns/main.ts:2: must not import "@home/workloads/gotify", since the stack workloads comes after platform. Move apps/platform/dns into the stack workloads, or what it needs into platform.",
       "apps/platform/ingress/routes.ts:2: must not import "../../workloads/gotify/main", since the stack workloads comes after platform. Move apps/platform/ingress into the stack workloads, or what it needs into platform.",
       "talos/machines/main.ts:2: must not import "@home/platform", since the stack platform comes after cluster. Move talos/machines into the stack platform, or what it needs into cluster.",
     ]
    `);
  });

  test('refuses circles of stacks and of workloads, naming the imports that make them', () => {
    expect(
      problems({
        'apps/one/stack.ts': [],
        'apps/one/a/main.ts': ['@home/two/b'],
        'apps/one/d/main.ts': ['@home/one/e'],
        'apps/one/e/main.ts': ['@home/one/f', '@home/one/d'],
        'apps/one/f/main.ts': ['@home/one/d'],
        'apps/two/stack.ts': [],
        'apps/two/b/main.ts': [],
        'apps/two/c/main.ts': ['@home/one/a'],
      }),
    ).toMatchInlineSnapshot(`
     [
       "apps/one/a/main.ts: the stacks one → two → one must not need each other in a circle: apps/one/a/main.ts:2 imports "@home/two/b", apps/two/c/main.ts:2 imports "@home/one/a". Remove one of these imports.",
       "apps/one/d/main.ts: the workloads apps/one/d → apps/one/e → apps/one/d must not need each other in a circle: apps/one/d/main.ts:2 imports "@home/one/e", apps/one/e/main.ts:3 imports "@home/one/d". Remove one of these imports.",
       "apps/one/f/main.ts: the workloads apps/one/f → apps/one/d → apps/one/e → apps/one/f must not need each other in a circle: apps/one/f/main.ts:2 imports "@home/one/d", apps/one/d/main.ts:2 imports "@home/one/e", apps/one/e/main.ts:2 imports "@home/one/f". Remove one of these imports.",
     ]
    `);
  });

  test('refuses circles of stacks that their stack.ts make', () => {
    expect(
      problems({
        'apps/one/stack.ts': ['@home/two'],
        'apps/two/stack.ts': ['@home/three'],
        'apps/three/stack.ts': ['@home/one'],
      }),
    ).toMatchInlineSnapshot(`
     [
       "apps/one/stack.ts: the stacks one → two → three → one must not need each other in a circle: apps/one/stack.ts:2 imports "@home/two", apps/two/stack.ts:2 imports "@home/three", apps/three/stack.ts:2 imports "@home/one". Remove one of these imports.",
     ]
    `);
  });

  test('lets a stack import its own workloads', () => {
    expect(problems({ 'apps/one/stack.ts': ['@home/one/a'], 'apps/one/a/main.ts': [] })).toEqual([]);
  });

  test('does not count what tests import', () => {
    expect(
      problems({
        ...stacks,
        'apps/platform/dns/main.ts': [],
        'apps/platform/dns/dns.spec.ts': ['@home/workloads'],
      }),
    ).toEqual([]);
  });

  test('refuses names that are taken, reserved or no names, and workloads without a stack', () => {
    expect(
      problems({
        'apps/platform/stack.ts': [],
        'apps/platform/dns/main.ts': [],
        'apps/workloads/stack.ts': [],
        'apps/workloads/dns/main.ts': [],
        'apps/workloads/platform/main.ts': [],
        'apps/workloads/override/main.ts': [],
        'apps/workloads/stack/main.ts': [],
        'apps/workloads/Wallabag/main.ts': [],
        'apps/workloads/a_override/main.ts': [],
        'apps/whole-home/stack.ts': [],
        'apps/lost/gotify/main.ts': [],
        'apps/cluster/stack.ts': [],
      }),
    ).toMatchInlineSnapshot(`
     [
       "apps/cluster: must not exist, since the stack "cluster" lies in talos/. Rename the folder, or move what it holds to talos/.",
       "apps/lost: must have a stack.ts, since it holds workloads. Write one, or move the workloads into another stack.",
       "apps/whole-home: must not be called "whole-home", which is the project that checks the whole home. Rename the folder.",
       "apps/workloads/Wallabag: must have a name of lower-case letters, digits and single dashes, but is called "Wallabag". Rename the folder.",
       "apps/workloads/a_override: must have a name of lower-case letters, digits and single dashes, but is called "a_override". Rename the folder.",
       "apps/workloads/dns: must have a name of its own, but apps/platform/dns is called "dns" too. Rename one of the two folders.",
       "apps/workloads/override: must not be called "override", which is merged into the stack's other files by Terraform. Rename the folder.",
       "apps/workloads/platform: must have a name of its own, but apps/platform is called "platform" too. Rename one of the two folders.",
       "apps/workloads/stack: must not be called "stack", which is the stack's own file. Rename the folder.",
     ]
    `);
  });
});
