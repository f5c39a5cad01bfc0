import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readOptions } from '@home/command';
import { readAnswers } from '@life/answers';
import { readGiven, usageOf } from '../command';
import { hidden, readRootModule } from '../root-module';
import { type ScriptedTerraform, planOf, scriptedTerraform } from '../scripted-terraform';
import { listBackups } from '../state/mend-state';
import { type TemporaryHome, temporaryHome } from '../temporary-home';
import { deploy } from './deploy';
import { destroy } from './destroy';
import { apply, plan } from './plan-and-apply';

jest.setTimeout(60_000);

let home: TemporaryHome;
let program: ScriptedTerraform;
const heard = (): string => home.said.splice(0).join('\n');
const run = (command: typeof plan, ...args: string[]) => home.run(command, args, program.environment);
const called = (...commands: string[]): boolean =>
  program.calls().some((call) => commands.some((command) => call.startsWith(command)));

const state = (serial: number, names: readonly string[] = ['a']) => ({
  version: 4,
  serial,
  lineage: 'ours',
  resources: names.map((name) => ({ mode: 'managed', type: 'terraform_data', name, instances: [{}] })),
});
const store = '.state/platform.tfstate';
const addition = planOf('terraform_data.a', 'create');

beforeEach(() => {
  home = temporaryHome();
  home.describe('platform');
  home.generate('platform', 'base', { resource: { terraform_data: { a: {} } } });
  home.write(store, JSON.stringify(state(1)));
  program = scriptedTerraform(home);
  program.answer({ show: addition });
});
afterEach(() => home.remove());

it.each<[string, () => void, string]>([
  [
    'a state waits to be recovered',
    () => home.write('terraform/platform/errored.tfstate', '{}'),
    'terraform/platform/errored.tfstate: holds what the last run made and could not write to its store.',
  ],
  [
    'an older state was put back',
    () => home.write('terraform/platform/.terraform/home.restored', ''),
    'platform: has an older state that was put back',
  ],
  [
    'a credential is missing',
    () => home.generate('platform', 'more', { variable: { key: { type: 'string' } } }),
    'platform: needs TF_VAR_key in the environment.',
  ],
])('plans and deploys nothing while %s', async (_, spoil, line) => {
  spoil();
  expect(await run(plan, 'platform')).toBe(1);
  expect(heard()).toContain(line);
  expect(await run(deploy, '--yes')).toBe(1);
  expect(heard()).toContain(line);
  expect(called('plan', 'apply')).toBe(false);
});

it.each<[string, () => void, string]>([
  [
    'a state waits to be recovered',
    () => home.write('terraform/platform/errored.tfstate', '{}'),
    'holds what the last run made',
  ],
  [
    'others can read the state',
    () => chmodSync(join(home.root, store), 0o640),
    '.state/platform.tfstate: holds secrets and must be readable by its owner alone.',
  ],
  [
    'others can read a copy of the state',
    () => {
      home.write('.state/backups/platform.tfstate', '{}');
      chmodSync(join(home.root, '.state/backups/platform.tfstate'), 0o604);
    },
    '.state/backups/platform.tfstate: holds secrets and must be readable by its owner alone.',
  ],
  [
    'git would take the state',
    () => home.write('.gitignore', ''),
    '.state/platform.tfstate: holds secrets and must be ignored by git.',
  ],
])('applies and deploys nothing while %s', async (_, spoil, line) => {
  await run(plan, 'platform');
  program.calls();
  spoil();
  heard();
  expect(await run(apply, 'platform', '--yes')).toBe(1);
  expect(heard()).toContain(line);
  expect(await run(deploy, '--yes')).toBe(1);
  expect(heard()).toContain(line);
  expect(called('apply')).toBe(false);
});

it.each([
  ['apply', apply, ['platform']],
  ['deploy', deploy, []],
] as const)('changes nothing by %s without an answer', async (_, command, args) => {
  await run(plan, 'platform');
  heard();
  expect(await run(command, ...args)).toBe(1);
  expect(heard()).toContain('asks a question, but there is no terminal to answer it at');
  expect(called('apply')).toBe(false);
});

it.each<[string, typeof plan, boolean]>([
  ['apply', apply, true],
  ['deploy', deploy, false],
  ['destroy', destroy, false],
])('changes nothing by %s after a no', async (_, command, keepsPlan) => {
  await run(plan, 'platform');
  const asked: string[] = [];
  const session = await home.session(program.environment);
  const ask = async (question: string) => (asked.push(question), 'no');
  const terminal = { ...session.terminal, interactive: true, ask };
  const given = readGiven(readOptions(usageOf(command), command === deploy ? [] : ['platform']));
  expect(await command.run({ ...session, terminal }, given)).toBe(1);
  expect(asked).toEqual([expect.stringMatching(/^platform: 1 to add\. (Apply|Destroy)\? \[y\/N\] $/)]);
  expect(heard()).toContain('platform: nothing was changed');
  expect(called('apply')).toBe(false);
  expect(existsSync(hidden.plan(readRootModule(home.root, 'platform').folder))).toBe(keepsPlan);
});

it('copies the state before an apply and after it', async () => {
  program.answer({ show: addition, leaves: state(2, ['a', 'b']) });
  await run(plan, 'platform');
  expect(await run(apply, 'platform', '--yes')).toBe(0);
  const serials = listBackups(readRootModule(home.root, 'platform')).map(
    (file) => /serial-\d/.exec(file)?.[0],
  );
  expect(serials.sort()).toEqual(['serial-1', 'serial-2']);
});

describe('with a later stack', () => {
  beforeEach(() => {
    home.describe('workloads', ['platform']);
    home.generate('workloads', 'app', { resource: { terraform_data: { b: {} } } });
  });

  it.each<[string, object]>([
    ['was never applied', state(0, [])],
    ['holds nothing of what it describes', state(1, [])],
  ])('plans that one after the one that it needs, which %s', async (_, held) => {
    home.write(store, JSON.stringify(held));
    expect(await run(plan, 'workloads')).toBe(1);
    expect(heard()).toBe(
      'workloads: comes after platform, which was never applied. `npm run deploy` applies all stacks in their order.',
    );
    expect(called('plan')).toBe(false);
    expect(await run(plan)).toBe(2);
    expect(heard()).toContain('workloads: comes after platform, which was never applied.');
    expect(program.calls().filter((call) => call.startsWith('plan'))).toHaveLength(1);
  });

  it('plans that one when the one that it needs describes no resource and was applied', async () => {
    home.generate('platform', 'base', {});
    home.write(store, JSON.stringify(state(1, [])));
    expect(await run(plan, 'workloads')).toBe(2);
  });

  it('deploys as far as it is told to, and no further after a no', async () => {
    expect(await run(deploy, '--until=platform', '--yes')).toBe(0);
    expect(program.calls().filter((call) => call.startsWith('apply'))).toHaveLength(1);
    expect(await run(deploy)).toBe(1);
    expect(called('apply')).toBe(false);
    expect(await run(deploy, '--yes')).toBe(0);
    expect(program.calls().filter((call) => call.startsWith('apply'))).toHaveLength(2);
  });

  it('applies what has a plan, and says so when nothing has', async () => {
    expect(await run(apply, '--yes')).toBe(1);
    expect(heard()).toBe('apply: has no saved plan. Make one first: `npm run plan`.');
    await run(plan, 'platform');
    expect(await run(apply, '--yes')).toBe(0);
    expect(program.calls().filter((call) => call.startsWith('apply'))).toHaveLength(1);
  });
});

it('keeps what it said of each stack for the page of the home', async () => {
  home.describe('workloads', ['platform']);
  home.generate('workloads', 'app', { resource: { terraform_data: { b: {} } } });
  const told = () =>
    readAnswers(home.root, 'plan').map(({ about, said, lines = [] }) => [about, said, ...lines]);
  expect(await run(plan, 'workloads')).toBe(2);
  program.answer({ finds: [{ severity: 'error', summary: 'No such thing', detail: '' }] });
  await run(plan, 'platform');
  expect(told()).toEqual([
    ['workloads', 'workloads: 1 to add', '', '  (no longer described)', '    + terraform_data.a'],
    ['platform', expect.stringContaining('No such thing')],
  ]);
});

it('prepares a stack again whose providers are gone from where all stacks have them', async () => {
  const provider = join(home.root, 'terraform/platform/.terraform/providers/one');
  home.write('.cache/providers/one', '');
  await run(plan, 'platform');
  mkdirSync(dirname(provider), { recursive: true });
  symlinkSync(join(home.root, '.cache/providers/one'), provider);
  await run(plan, 'platform');
  program.calls();
  await run(plan, 'platform');
  expect(called('init')).toBe(false);
  rmSync(join(home.root, '.cache/providers/one'));
  await run(plan, 'platform');
  expect(called('init')).toBe(true);
});

it('tells of what was made by a stack that nobody describes any more, but where another one is asked for', async () => {
  home.generate('gone', 'stack', {
    terraform: { backend: { local: { path: '../../.state/gone.tfstate' } } },
  });
  home.write('.state/gone.tfstate', JSON.stringify(state(1)));
  const told =
    'gone: is no longer described, and what it made is still there. Run `npm run destroy -- gone`, or put its folder back.';
  await run(plan);
  expect(heard()).toContain(told);
  await run(plan, 'platform');
  expect(heard()).not.toContain('gone');
});

it('applies what changes an output alone', async () => {
  program.answer({
    show: { output_changes: { address: { actions: ['create'], before: null, after: 'x' } } },
  });
  await run(plan, 'platform');
  expect(await run(apply, 'platform', '--yes')).toBe(0);
  expect(called('apply')).toBe(true);
});

it('keeps no plan that would change nothing', async () => {
  program.answer({});
  expect(await run(plan, 'platform')).toBe(0);
  expect(await run(apply, 'platform', '--yes')).toBe(0);
  expect(called('apply')).toBe(false);
  expect(existsSync(join(home.root, 'terraform/platform/.terraform/home.tfplan'))).toBe(false);
});
