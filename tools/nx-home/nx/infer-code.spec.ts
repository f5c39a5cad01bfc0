import { inferCode } from './infer-code';

/** Folder → name and tags of the project that files make. */
function infer(...files: readonly string[]): Record<string, string> {
  const projects = inferCode(files).flatMap(([, { projects = {} }]) => Object.values(projects));
  return Object.fromEntries(projects.map(({ root, name, tags = [] }) => [root, [name, ...tags].join(' ')]));
}

test('every library and tool is a project, tagged with its layer and the part of the house it belongs to', () => {
  expect(
    infer(
      'docs/docs.spec.ts',
      'libs/terraform/block.ts',
      'libs/kubernetes/rules/index.ts',
      'tools/sync-schemas/main.ts',
      'tools/nx-home/graph/house.ts',
      'tools/nx-home/home/main.ts',
      'tools/life/terraform/commands/apply.ts',
      'tools/proofs/dns/main.ts',
      'tools/import/generator.ts',
    ),
  ).toEqual({
    docs: 'tool-docs layer:tool part:core',
    'libs/terraform': 'lib-terraform layer:terraform part:core',
    'libs/kubernetes': 'lib-kubernetes layer:kubernetes part:core',
    'tools/sync-schemas': 'tool-sync-schemas layer:tool part:core',
    'tools/nx-home': 'tool-nx-home layer:tool part:core',
    'tools/nx-home/home': 'tool-home layer:tool part:core',
    'tools/life/terraform': 'life-terraform layer:tool part:life',
    'tools/proofs': 'tool-proofs layer:tool part:proofs',
    'tools/import': 'tool-import layer:tool part:import',
  });
});

test('a workload and a stack get the same targets, and their names from elsewhere', () => {
  expect(
    infer(
      'apps/workloads/stack.ts',
      'apps/workloads/feed/main.ts',
      'apps/workloads/feed/deeper/feed.spec.ts',
      'talos/stack.ts',
      'talos/machines/main.ts',
    ),
  ).toEqual({
    'apps/workloads': ' part:core',
    'apps/workloads/feed': ' part:core',
    talos: ' part:core',
    'talos/machines': ' part:core',
  });
});

test('a file that lies in no library, tool, stack or workload makes none', () => {
  expect(infer('libs/jest.config.cjs', 'tools/life/README.cjs', 'apps/notes.ts')).toEqual({});
});
