import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Run, type TemporaryWorkspace, temporaryWorkspace } from '@home/testing';

jest.setTimeout(300_000);

/** A home whose workloads may be Kubernetes' objects. */
const home = {
  'apps/workloads/stack.ts': `
import { stack } from '@home/home';
import { clusterProvider } from '@home/kubernetes';
export default stack({ providers: { kubernetes: [clusterProvider()] } });
`,
  'apps/workloads/spaces/main.ts': `
import { resource } from '@home/providers';
const space = resource('kubernetes_namespace_v1', 'apps', { metadata: { name: 'apps' } });
export const apps = space.ref.metadata[0].name;
export default [space];
`,
};

const settings =
  'apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: settings, namespace: apps}\\ndata: {mode: quiet}\\n';
const budget =
  'apiVersion: policy/v1\\nkind: PodDisruptionBudget\\nmetadata: {name: budget, namespace: apps}\\nspec: {minAvailable: 1}\\n';

describe('npx nx g import', () => {
  let workspace: TemporaryWorkspace;
  const shell = (command: string): Run => workspace.run('sh', '-c', command);
  const nx = 'node_modules/.bin/nx g import';
  const changes = (): string => workspace.run('git', 'status', '--porcelain', '--untracked-files=all').stdout;

  beforeAll(() => {
    workspace = temporaryWorkspace(home);
    for (const tool of ['tools/import', 'tools/sync-schemas']) {
      cpSync(join(__dirname, '../..', tool), join(workspace.root, tool), { recursive: true });
    }
    workspace.commit();
  });
  afterEach(() => {
    workspace.run('git', 'checkout', '--quiet', '.');
    workspace.run('git', 'clean', '--quiet', '--force', '-d', 'apps', 'libs', 'terraform');
  });
  afterAll(() => rmSync(workspace.root, { recursive: true, force: true }));

  it('writes a workload from standard input, learns its types, and generates', () => {
    const { exitCode, stdout } = shell(`printf '${settings}---\\n${budget}' | ${nx} --from -`);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      '2 objects became 2 workloads:\n  apps/workloads/settings\n  apps/workloads/budget\n',
    );
    expect(workspace.read('apps/workloads/settings/main.ts')).toBe(`// settings, imported from standard input.
import { resource } from '@home/providers';
import { apps } from '@home/workloads/spaces';

export default resource('kubernetes_config_map_v1', 'settings', {
  metadata: { name: 'settings', namespace: apps },
  data: { mode: 'quiet' },
});
`);
    expect(workspace.read('libs/providers/manifest.ts')).toContain(`'kubernetes_pod_disruption_budget_v1',`);
    expect(Object.keys(workspace.generated())).toEqual(
      expect.arrayContaining(['workloads/budget.tf.json', 'workloads/settings.tf.json']),
    );
  });

  it('shows with --dry-run what it would write, and writes nothing', () => {
    const { exitCode, stdout } = shell(`printf '${budget}' | ${nx} --from=- --dry-run`);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('CREATE apps/workloads/budget/main.ts\n');
    expect(stdout).toContain('UPDATE libs/providers/manifest.ts\n');
    expect(changes()).toBe('');
  });

  it('says that the home does not generate with what was written, and ends in an error', () => {
    const floating =
      'apiVersion: v1\\nkind: Pod\\nmetadata: {name: a, namespace: apps}\\nspec: {containers: [{name: a, image: "b/a:latest"}]}\\n';
    const { exitCode, stdout, stderr } = shell(`printf '${floating}' | ${nx} --from -`);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('image "b/a:latest" must pin a version');
    expect(stdout + stderr).toContain(
      'npm run generate: must succeed after an import, but does not: the workloads are written, and terraform/ is as before. Mend what is named above, and run it again.',
    );
    expect(changes()).toContain('apps/workloads/a/main.ts');
  });

  it('writes nothing when a program failed half-way', () => {
    const { exitCode, stdout, stderr } = shell(`printf '${settings}---\\nError: boom\\n' | ${nx} --from -`);
    expect(exitCode).toBe(1);
    expect(stdout + stderr).toContain(
      'standard input:6: is no object of Kubernetes, since it has no apiVersion and kind: {"Error":"boom"}.',
    );
    expect(changes()).toBe('');
  });
});
