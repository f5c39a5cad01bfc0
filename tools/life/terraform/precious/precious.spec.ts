import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Change, PlanJson, ResourceChange } from '../plan/plan-json';
import { type RootModule, readRootModule } from '../root-module';
import type { Diagnostic } from '../run/run-terraform';
import { type TemporaryHome, temporaryHome } from '../temporary-home';
import {
  addPrecious,
  preventedIn,
  protectionOf,
  readPrecious,
  refuseThreats,
  releasePrecious,
  threatsIn,
} from './precious';

jest.setTimeout(60_000);

let home: TemporaryHome;
let platform: RootModule;

beforeEach(() => {
  home = temporaryHome();
  home.describe('platform');
  const marked = { lifecycle: { prevent_destroy: true } };
  home.generate('platform', 'replication', {
    resource: { terraform_data: { marked, many: { count: 2, ...marked }, plain: {} } },
  });
  home.write('terraform/precious.json', JSON.stringify({ platform: ['terraform_data.gone'] }));
  platform = readRootModule(home.root, 'platform');
});
afterEach(() => home.remove());

type Deed = Partial<Change> & Partial<Omit<ResourceChange, 'change'>>;

function planOf(...deeds: readonly Deed[]): PlanJson {
  return {
    resource_changes: deeds.map(
      ({
        address = 'terraform_data.marked',
        mode = 'managed',
        type = 'terraform_data',
        previous_address,
        action_reason,
        ...change
      }) => ({
        address,
        mode,
        type,
        previous_address,
        action_reason,
        change: { actions: ['delete'], before: {}, after: null, ...change },
      }),
    ),
  };
}

const refuse = (plan: PlanJson, ...allowed: string[]): void =>
  refuseThreats(
    platform,
    threatsIn(plan, protectionOf(home.root, platform)),
    allowed,
    'npm run plan -- platform',
  );

it.each<[string, Deed, string]>([
  ['is destroyed', {}, 'terraform_data.marked: would be destroyed, and it is marked as precious'],
  ['is replaced', { actions: ['delete', 'create'] }, 'terraform_data.marked: would be replaced'],
  ['is replaced by a new one first', { actions: ['create', 'delete'] }, 'would be replaced'],
  [
    'is one of several',
    { address: 'terraform_data.many[1]' },
    'terraform_data.many[1]: would be destroyed, and it is marked as precious',
  ],
  ['is on the list, and nobody describes it', { address: 'terraform_data.gone' }, 'is marked as precious'],
  [
    'was on the list by another address until now',
    { address: 'terraform_data.new', previous_address: 'terraform_data.gone', actions: ['delete', 'create'] },
    'terraform_data.new: would be replaced, and it is marked as precious',
  ],
  [
    'has got a precious address only now',
    { previous_address: 'terraform_data.plain' },
    'terraform_data.marked: would be destroyed',
  ],
  [
    'holds data by its type',
    { address: 'minio_s3_bucket.replica', type: 'minio_s3_bucket' },
    'minio_s3_bucket.replica: would be destroyed, and it holds the only copy of data',
  ],
  [
    'is a volume',
    { address: 'kubernetes_persistent_volume_v1.a', type: 'kubernetes_persistent_volume_v1' },
    'kubernetes_persistent_volume_v1.a: would be destroyed, and it holds data',
  ],
  [
    'is a node that its destruction resets',
    {
      address: 'talos_machine_configuration_apply.pi',
      type: 'talos_machine_configuration_apply',
      before: { on_destroy: { reset: true } },
    },
    "would be destroyed, and it wipes its node's disk",
  ],
  [
    'was left unfinished',
    { actions: ['delete', 'create'], action_reason: 'replace_because_tainted' },
    "would be replaced because an earlier run left it unfinished, and it is marked as precious. If it is whole, `npm run state -- keep platform 'terraform_data.marked'` keeps it.",
  ],
])('refuses a plan in which something precious %s', (_, deed, line) => {
  expect(() => refuse(planOf(deed))).toThrow(line);
});

it.each<[string, Deed]>([
  ['changes in place', { actions: ['update'] }],
  ['stays', { actions: ['no-op'] }],
  ['is only read', { mode: 'data' }],
  ['is forgotten and lives on', { actions: ['forget'] }],
  ['has a precious neighbour', { address: 'terraform_data.plain' }],
  [
    'is a node that keeps its disk',
    {
      address: 'talos_machine_configuration_apply.pi',
      type: 'talos_machine_configuration_apply',
      before: { on_destroy: { reset: false } },
    },
  ],
  [
    'says something of resets and is no node',
    { address: 'terraform_data.plain', before: { on_destroy: { reset: true } } },
  ],
])('lets a plan pass in which something %s', (_, deed) => {
  expect(() => refuse(planOf(deed))).not.toThrow();
});

it('allows what its owner named and nothing else', () => {
  const both = planOf({}, { address: 'terraform_data.gone' });
  expect(() => refuse(both, 'terraform_data.gone')).toThrow(
    /^platform\/replication: terraform_data\.marked: [^\n]*$/,
  );
  expect(() => refuse(both, 'terraform_data.marked')).toThrow(/^platform: terraform_data\.gone: [^\n]*$/);
  expect(() => refuse(both, 'terraform_data.marked', 'terraform_data.gone')).not.toThrow();
});

it('says what Terraform refuses to destroy as its own refusals do', () => {
  const refusal: Diagnostic = {
    severity: 'error',
    summary: 'Instance cannot be destroyed',
    detail: 'Resource terraform_data.many[0] has lifecycle.prevent_destroy set, but the plan calls for …',
  };
  const detail = (name: string) => refusal.detail.replace('many[0]', name);
  const threats = preventedIn([
    { ...refusal, summary: 'Another error', detail: detail('another') },
    refusal,
    { ...refusal, detail: 'of another kind' },
    { ...refusal, detail: `It says: ${detail('quoted')}` },
  ]);
  expect(threats.map(({ address }) => address)).toEqual(['terraform_data.many[0]']);
  expect(() => refuseThreats(platform, threats, [], 'npm run deploy')).toThrow(
    "platform/replication: terraform_data.many[0]: would be destroyed or replaced, and it is marked as precious. To do it anyway, repeat npm run deploy with --allow-destroy='terraform_data.many[0]'.",
  );
});

describe('a contract', () => {
  const raise = (change: Partial<Change> = {}): PlanJson => ({
    resource_changes: [
      {
        address: 'talos_machine_secrets.cluster',
        mode: 'managed',
        type: 'talos_machine_secrets',
        change: {
          actions: ['update'],
          before: { talos_version: 'v1.12' },
          after: { talos_version: 'v1.13' },
          ...change,
        },
      },
    ],
  });
  it('is not raised on a running cluster, until its owner names the new one', () => {
    expect(() => refuse(raise())).toThrow(
      'platform: talos_machine_secrets.cluster: would be raised, and it was made with v1.12: a running cluster keeps ' +
        'its contract, or its Secrets may become unreadable. To do it anyway, repeat npm run plan -- platform with ' +
        '--allow-contract=v1.13.',
    );
    expect(() => refuse(raise(), 'v1.12', 'talos_machine_secrets.cluster')).toThrow('would be raised');
    expect(() => refuse(raise(), 'v1.13')).not.toThrow();
  });

  it('is one of machine secrets alone', () => {
    const [{ change }] = raise().resource_changes as [ResourceChange];
    expect(() => refuse(planOf({ ...change, type: 'talos_machine_configuration' }))).not.toThrow();
  });

  it.each<Partial<Change>>([
    { after: { talos_version: 'v1.12' } },
    { actions: ['create'], before: null },
    { importing: { id: 'secrets.yaml' } },
    { before: { talos_version: null } },
    { after: {} },
  ])('may be chosen, or stay what it is: case %#', (change) => {
    expect(() => refuse(raise(change))).not.toThrow();
  });
});

describe('the list of precious things', () => {
  const file = (): string => join(home.root, 'terraform/precious.json');

  it('remembers what nobody describes any more, and what other stacks hold', () => {
    writeFileSync(file(), JSON.stringify({ cluster: ['a.b'], platform: ['terraform_data.gone'] }));
    expect(addPrecious(home.root, 'platform', ['terraform_data.marked'])).toBe(true);
    expect(readPrecious(home.root)).toEqual({
      cluster: ['a.b'],
      platform: ['terraform_data.gone', 'terraform_data.marked'],
    });
    expect(addPrecious(home.root, 'platform', ['terraform_data.marked'])).toBe(false);
    expect(addPrecious(home.root, 'platform', [])).toBe(false);
  });

  it('begins with the first stack that has something precious', () => {
    home.write('terraform/precious.json', '{}');
    expect(addPrecious(home.root, 'workloads', ['z.z', 'a.a'])).toBe(true);
    expect(readPrecious(home.root)).toEqual({ workloads: ['a.a', 'z.z'] });
  });

  it('lets go of one address of one stack, and of nothing else', () => {
    writeFileSync(file(), JSON.stringify({ cluster: ['a.b'], platform: ['a.b', 'c.d'] }));
    expect(releasePrecious(home.root, 'platform', 'x.y')).toBe(false);
    expect(releasePrecious(home.root, 'nowhere', 'a.b')).toBe(false);
    expect(releasePrecious(home.root, 'platform', 'a.b')).toBe(true);
    expect(readPrecious(home.root)).toEqual({ cluster: ['a.b'], platform: ['c.d'] });
    expect(releasePrecious(home.root, 'platform', 'c.d')).toBe(true);
    expect(readPrecious(home.root)).toEqual({ cluster: ['a.b'] });
  });

  it('stays the same bytes, whatever was added first', () => {
    home.write('terraform/precious.json', '{}');
    for (const [stack, address] of [
      ['b', 'x.y'],
      ['a', 'x.z'],
      ['b', 'a.a'],
    ] as const) {
      addPrecious(home.root, stack, [address]);
    }
    const { '//': comment, ...list } = JSON.parse(readFileSync(file(), 'utf8')) as Record<string, string[]>;
    expect(JSON.stringify(list)).toBe('{"a":["x.z"],"b":["a.a","x.y"]}');
    expect(comment?.join(' ')).toContain('npm run precious -- release STACK ADDRESS');
  });

  it('is empty before anything is precious', () => {
    rmSync(file());
    expect(readPrecious(home.root)).toEqual({});
    expect(releasePrecious(home.root, 'platform', 'a.b')).toBe(false);
  });

  it.each([
    '{',
    '[]',
    '{"platform": ["a.b", 1]}',
    '{"platform": "all"}',
    '{"platform": [1]}',
    '{"platform": {"0": "a.b"}}',
    '',
  ])('protects nothing in silence once it is damaged: %j', (text) => {
    writeFileSync(file(), text);
    expect(() => readPrecious(home.root)).toThrow('terraform/precious.json: must be JSON');
    expect(() => addPrecious(home.root, 'platform', ['a.b'])).toThrow('must be JSON');
    expect(readFileSync(file(), 'utf8')).toBe(text);
  });
});

describe('a disk that its machine could not open any more', () => {
  const configuration = (...keys: object[]): string =>
    `machine: {}\n---\n${JSON.stringify({ kind: 'VolumeConfig', name: 'STATE', encryption: { keys } })}\n`;
  const [plain, first, second] = ['machine: {}\n', { slot: 0, nodeID: {} }, { slot: 1, tpm: {} }];

  const deedOf = (
    had: string | undefined,
    has: string | undefined,
    actions: Change['actions'] = ['update'],
  ) => {
    const type = 'talos_machine_configuration_apply';
    const [before, after] = [had, has].map((machine_configuration_input) => ({
      machine_configuration_input,
    }));
    const plan = planOf({ address: `${type}.pi`, type, actions, before, after });
    return threatsIn(plan, () => undefined).map(({ deed }) => deed);
  };

  it.each<[string, string, string, string[]]>([
    ['is encrypted later', plain, configuration(first), ['encrypted']],
    ['is not encrypted any more', configuration(first), plain, ['no longer encrypted']],
    ['gets other keys', configuration(first), configuration(second), ['encrypted with other keys alone']],
    ['gets a further key', configuration(first), configuration(first, second), []],
    ['loses one of two keys', configuration(first, second), configuration(second), []],
    ['stays as it is', configuration(first), `${configuration(first)}---\nkind: LinkConfig\n`, []],
    ['was never encrypted', plain, 'machine: {install: {}}\n', []],
  ])('is told when it %s, and else is not', (_, had, has, deeds) => {
    // An empty list equals one of undefined, but for this matcher.
    expect(deedOf(had, has)).toStrictEqual(deeds);
  });

  it('is no matter of a machine that is blank or new, or whose configuration is not known', () => {
    expect(deedOf(plain, configuration(first), ['delete', 'create'])).toStrictEqual([]);
    expect(deedOf(undefined, configuration(first), ['create'])).toStrictEqual([]);
    expect(deedOf(undefined, configuration(first))).toStrictEqual([]);
    expect(deedOf(configuration(first), undefined)).toStrictEqual([]);
  });

  it('is one of a machine alone', () => {
    const [before, after] = [plain, configuration(first)].map((machine_configuration_input) => ({
      machine_configuration_input,
    }));
    const plan = planOf({ type: 'terraform_data', actions: ['update'], before, after });
    expect(threatsIn(plan, () => undefined)).toStrictEqual([]);
    expect(threatsIn({}, () => undefined)).toStrictEqual([]);
  });

  it('is refused in one line, unless its owner says so', () => {
    const address = 'talos_machine_configuration_apply.pi';
    const [before, after] = [plain, configuration(first)].map((machine_configuration_input) => ({
      machine_configuration_input,
    }));
    const plan = planOf({ address, type: address.replace('.pi', ''), actions: ['update'], before, after });
    expect(() => refuse(plan)).toThrow(
      `platform: ${address}: would be encrypted, and it has a disk that stays as it is: at its next start it could not open it. ` +
        '`npm run talos -- reset NODE` empties it, and `npm run deploy` then does this by itself. ' +
        `To do it anyway, repeat npm run plan -- platform with --allow-destroy='${address}'.`,
    );
    expect(() => refuse(plan, address)).not.toThrow();
  });
});
