import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';
import { isGenerated } from '@home/terraform';
import { type RootModule, readRootModule } from '../root-module';
import type { Session } from '../session';
import { type TemporaryHome, temporaryHome } from '../temporary-home';
import { finishAdoption, possibleSwitches, readAdoption, removeAdoption, writeAdoption } from './adopt-file';
import { identifierOf } from './find-adoption';

it.each<[string, object, string | undefined]>([
  ['kubernetes_namespace_v1', { metadata: [{ name: 'apps' }] }, 'apps'],
  ['kubernetes_secret_v1', { metadata: [{ name: 'token', namespace: 'apps' }] }, 'apps/token'],
  ['kubernetes_cluster_role_v1', { metadata: [{ name: 'traefik' }] }, 'traefik'],
  ['kubernetes_secret_v1', { metadata: [{ namespace: 'apps' }] }, undefined],
  ['minio_s3_bucket', { bucket: 'replica' }, 'replica'],
  ['minio_iam_user_policy_attachment', { user_name: 'u', policy_name: 'p' }, 'u/p'],
  ['gotify_application', { name: 'Log Analysis' }, undefined],
  ['talos_machine_configuration_apply', { node: '192.168.107.3' }, undefined],
  ['something_else', {}, undefined],
])('names a %s %j as %s', (type, values, id) => {
  const identifier = identifierOf(type, values);
  expect('id' in identifier ? identifier.id : undefined).toBe(id);
});

const labels = { 'app.kubernetes.io/name': 'memos-notes', 'app.kubernetes.io/component': 'app' };
const statefulSet = {
  address: 'kubernetes_stateful_set_v1.memos-notes',
  mode: 'managed' as const,
  type: 'kubernetes_stateful_set_v1',
  change: {
    actions: ['create' as const],
    before: null,
    after: {
      metadata: [{ name: 'memos-notes', namespace: 'apps' }],
      spec: [{ selector: [{ match_labels: labels }] }],
    },
  },
};
const deployment = (replicas: string) => ({
  address: 'kubernetes_deployment_v1.memos-notes',
  type: 'kubernetes_deployment_v1',
  values: { spec: [{ replicas }] },
  needs: [],
});
const memos = { label: 'memos-notes', name: 'memos-notes', namespace: 'apps', labels };

it.each([
  ['stops a Deployment that Terraform does not know', [], { step: 'stop', known: false }],
  ['stops a Deployment that Terraform knows', [deployment('1')], { step: 'stop', known: true }],
  [
    'starts the StatefulSet once the Deployment has no pods',
    [deployment('0')],
    { step: 'start', known: true },
  ],
])('%s', (_, objects, expected) => {
  expect(possibleSwitches([statefulSet], objects)).toEqual([{ ...memos, ...expected }]);
});

it('looks for the pods of a former Deployment by its own labels', () => {
  const own = { app: 'memos' };
  const present = {
    ...deployment('0'),
    values: { spec: [{ replicas: '0', selector: [{ match_labels: own }] }] },
  };
  expect(possibleSwitches([statefulSet], [present])).toEqual([
    { ...memos, labels: own, step: 'start', known: true },
  ]);
});

describe('the adopt file', () => {
  let folder: string;
  let module: RootModule;
  beforeEach(() => {
    folder = makeTemporaryFolder();
    mkdirSync(folder, { recursive: true });
    module = { folder, stack: 'workloads' } as RootModule;
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const file = (name: string): string => readFileSync(join(folder, name), 'utf8');

  it('is none of the generated files, so that generate leaves it alone', () => {
    writeAdoption(module, { imports: new Map([['kubernetes_namespace_v1.apps', 'apps']]), switches: [] });
    expect(isGenerated(file('_adopt.tf.json'))).toBe(false);
    expect(JSON.parse(file('_adopt.tf.json'))).toMatchObject({
      import: [{ to: 'kubernetes_namespace_v1.apps', id: 'apps' }],
    });
    expect(existsSync(join(folder, '_adopt_override.tf.json'))).toBe(false);
    removeAdoption(module);
    expect(readAdoption(module)).toBeUndefined();
  });

  it('holds the StatefulSet back while the Deployment is stopped', () => {
    writeAdoption(module, { imports: new Map(), switches: [{ ...memos, step: 'stop', known: false }] });
    expect(JSON.parse(file('_adopt.tf.json'))).toMatchObject({
      import: [{ to: 'kubernetes_deployment_v1.memos-notes', id: 'apps/memos-notes' }],
      resource: { kubernetes_deployment_v1: { 'memos-notes': { spec: { replicas: '0' } } } },
    });
    expect(JSON.parse(file('_adopt_override.tf.json'))).toMatchObject({
      resource: { kubernetes_stateful_set_v1: { 'memos-notes': { count: 0 } } },
    });
    expect(readAdoption(module)?.held).toEqual(['kubernetes_stateful_set_v1.memos-notes']);
  });

  it('holds back what takes over a replica, until whoever has it has ended', () => {
    const waiting = ['kubernetes_stateful_set_v1.diary', 'kubernetes_deployment_v1.tasks'];
    writeAdoption(module, { imports: new Map(), switches: [], waiting });
    expect(JSON.parse(file('_adopt_override.tf.json'))).toMatchObject({
      resource: {
        kubernetes_stateful_set_v1: { diary: { count: 0 } },
        kubernetes_deployment_v1: { tasks: { count: 0 } },
      },
    });
    expect(readAdoption(module)?.held).toEqual(waiting);
  });

  it('changes nothing of a Deployment but the number of its pods', () => {
    writeAdoption(module, { imports: new Map(), switches: [{ ...memos, step: 'stop', known: true }] });
    const { resource } = JSON.parse(file('_adopt.tf.json'));
    const { lifecycle, spec } = resource.kubernetes_deployment_v1['memos-notes'];
    expect(spec.replicas).toBe('0');
    const kept = ['spec[0].template', 'spec[0].selector', 'spec[0].strategy', 'metadata[0].labels'];
    expect(lifecycle.ignore_changes).toEqual(expect.arrayContaining(kept));
  });

  it('starts a StatefulSet beside no pod but its own', () => {
    writeAdoption(module, { imports: new Map(), switches: [{ ...memos, step: 'start', known: true }] });
    const { lifecycle } = JSON.parse(file('_adopt.tf.json')).data.kubernetes_resources['memos-notes'];
    expect(lifecycle.postcondition[0].condition).toBe(
      '${alltrue([for pod in self.objects : contains(try([for owner in pod.metadata.ownerReferences : owner.kind], []), "StatefulSet")])}',
    );
  });

  it('looks for pods that are not its own before the StatefulSet starts', () => {
    writeAdoption(module, { imports: new Map(), switches: [{ ...memos, step: 'start', known: true }] });
    expect(JSON.parse(file('_adopt.tf.json'))).toMatchObject({
      data: {
        kubernetes_resources: {
          'memos-notes': {
            kind: 'Pod',
            namespace: 'apps',
            label_selector: 'app.kubernetes.io/name=memos-notes,app.kubernetes.io/component=app',
          },
        },
      },
    });
    expect(existsSync(join(folder, '_adopt_override.tf.json'))).toBe(false);
  });
});

describe('what is adopted', () => {
  let home: TemporaryHome;
  let platform: RootModule;
  beforeEach(() => {
    home = temporaryHome();
    home.describe('platform');
    platform = readRootModule(home.root, 'platform');
  });
  afterEach(() => home.remove());

  /** Ends an apply that left these objects in the state; true once nothing is to be adopted any more. */
  async function isFinished(...names: readonly string[]): Promise<boolean> {
    const resources = names.map((name) => ({ mode: 'managed', type: 'a_b', name, instances: [{}] }));
    home.write('.state/platform.tfstate', JSON.stringify({ version: 4, serial: 1, lineage: 'l', resources }));
    const session = { terminal: { note: (line: string) => void home.said.push(line) } } as unknown as Session;
    await finishAdoption(session, platform);
    return readAdoption(platform) === undefined;
  }

  const imports = new Map([
    ['a_b.one', '1'],
    ['a_b.two', '2'],
  ]);

  it('stays to be adopted until the state has all of it', async () => {
    writeAdoption(platform, { imports, switches: [] });
    expect(await isFinished('one')).toBe(false);
    expect(home.said).toEqual(['platform: still to be adopted: a_b.two']);
    expect(await isFinished('one', 'two')).toBe(true);
    expect(home.said.at(-1)).toContain('platform: everything is adopted');
    expect(await isFinished()).toBe(true);
  });

  it('is not finished while something is held back', async () => {
    writeAdoption(platform, { imports, switches: [], waiting: ['a_b.three'] });
    expect(await isFinished('one', 'two')).toBe(false);
    expect(home.said.at(-1)).toContain('The second step: `npm run adopt -- platform`');
  });
});
