import { spawn } from 'node:child_process';
import fs, { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readOptions } from '@home/command';
import { destroy } from '../commands/destroy';
import { apply, plan } from '../commands/plan-and-apply';
import { precious } from '../commands/precious';
import { readGiven, usageOf } from '../command';
import { readPrecious } from '../precious/precious';
import { hidden } from '../root-module';
import { type ScriptedTerraform, planOf, scriptedTerraform } from '../scripted-terraform';
import { type TemporaryHome, temporaryHome } from '../temporary-home';

jest.setTimeout(60_000);

let home: TemporaryHome;
let program: ScriptedTerraform;
const heard = (): string => home.said.splice(0).join('\n');
const run = (command: typeof plan, ...args: string[]) => home.run(command, args, program.environment);
const folder = (): string => join(home.root, 'terraform/platform');
const applied = (): boolean => program.calls().some((call) => call.startsWith('apply'));

const removing = (address: string) => planOf(address, 'delete');

beforeEach(() => {
  home = temporaryHome();
  home.describe('platform');
  home.generate('platform', 'base', {
    resource: { terraform_data: { kept: { lifecycle: { prevent_destroy: true } }, other: {} } },
  });
  program = scriptedTerraform(home);
  program.answer({ show: removing('terraform_data.other') });
});
afterEach(() => {
  home.remove();
  jest.restoreAllMocks();
});

it('applies a plan once, and remembers before it what is precious', async () => {
  expect(await run(plan, 'platform')).toBe(2);
  expect(await run(apply, 'platform', '--yes')).toBe(0);
  expect(applied()).toBe(true);
  expect(readPrecious(home.root)).toEqual({ platform: ['terraform_data.kept'] });
  expect(heard()).toContain('terraform/precious.json remembers what is precious; commit it');
  expect(existsSync(hidden.plan(folder()))).toBe(false);
  expect(existsSync(hidden.planRecord(folder()))).toBe(false);
  expect(await run(apply, 'platform', '--yes')).toBe(1);
  expect(heard()).toBe('platform: has no saved plan. Make one first: `npm run plan -- platform`.');
});

it('refuses to apply what has become precious since it was planned', async () => {
  expect(await run(plan, 'platform')).toBe(2);
  home.write('terraform/precious.json', JSON.stringify({ platform: ['terraform_data.other'] }));
  heard();
  expect(await run(apply, 'platform', '--yes')).toBe(1);
  expect(heard()).toContain(
    "terraform_data.other: would be destroyed, and it is marked as precious. To do it anyway, repeat npm run plan -- platform with --allow-destroy='terraform_data.other'.",
  );
  expect(applied()).toBe(false);
});

it('applies what its owner allowed when it was planned, and keeps no plan that was refused', async () => {
  program.answer({ show: removing('terraform_data.kept') });
  expect(await run(plan, 'platform')).toBe(1);
  expect(existsSync(hidden.plan(folder()))).toBe(false);
  expect(await run(plan, 'platform', '--allow-destroy=terraform_data.other')).toBe(1);
  expect(await run(plan, 'platform', '--allow-destroy=terraform_data.kept')).toBe(2);
  expect(await run(apply, 'platform', '--yes')).toBe(0);
  expect(applied()).toBe(true);
});

it('lifts the protection of nothing but what its owner named, and for one plan alone', async () => {
  home.generate('platform', 'more', {
    resource: { terraform_data: { too: { lifecycle: { prevent_destroy: true } } } },
  });
  const file = join(folder(), '_allow_override.tf.json');
  await run(plan, 'platform', '--allow-destroy=terraform_data.kept[0]');
  expect(program.lifted()).toEqual({
    resource: { terraform_data: { kept: { lifecycle: { prevent_destroy: false } } } },
  });
  const both = ['kept', 'too'].map((name) => `--allow-destroy=terraform_data.${name}`);
  await run(plan, 'platform', ...both);
  expect(Object.keys(Object(program.lifted()).resource.terraform_data)).toEqual(['kept', 'too']);
  expect(existsSync(file)).toBe(false);
  // As a killed run leaves it.
  writeFileSync(file, '{}');
  await run(plan, 'platform', '--allow-destroy=terraform_data.other');
  expect(program.lifted()).toBeUndefined();
  expect(existsSync(file)).toBe(false);
});

it('explains in its own words what Terraform refuses to destroy, and everything else as Terraform does', async () => {
  const prevented = {
    severity: 'error' as const,
    summary: 'Instance cannot be destroyed',
    detail: 'Resource terraform_data.kept has lifecycle.prevent_destroy set, but …',
  };
  program.answer({ finds: [prevented] });
  expect(await run(plan, 'platform')).toBe(1);
  expect(heard()).toBe(
    "platform/base: terraform_data.kept: would be destroyed or replaced, and it is marked as precious. To do it anyway, repeat npm run plan -- platform with --allow-destroy='terraform_data.kept'.",
  );
  program.answer({
    finds: [prevented, { severity: 'error', summary: 'Unsupported argument', detail: '' }],
  });
  expect(await run(plan, 'platform')).toBe(1);
  expect(heard()).toContain('Unsupported argument');
});

it('asks for another destroy where the plan of one is older than its files', async () => {
  home.write(
    '.state/platform.tfstate',
    JSON.stringify({
      version: 4,
      serial: 1,
      lineage: 'l',
      resources: [{ mode: 'managed', type: 'terraform_data', name: 'other', instances: [{}] }],
    }),
  );
  // Nobody is there to answer.
  expect(await run(destroy, 'platform')).toBe(1);
  home.generate('platform', 'base', {});
  heard();
  expect(await run(apply, 'platform', '--yes')).toBe(1);
  expect(heard()).toContain('Make one first: `npm run destroy -- platform`.');
});

it.each<[string, () => void, string]>([
  [
    'is older than its files',
    () => home.generate('platform', 'base', { resource: { terraform_data: {} } }),
    'platform: has a saved plan that is older than its generated files. Make one first: `npm run plan -- platform`.',
  ],
  [
    'another program made',
    () => writeFileSync(hidden.plan(folder()), 'another'),
    'platform: has a saved plan that `npm run plan` did not make. Make one first: `npm run plan -- platform`.',
  ],
  [
    'nothing is known of',
    () => rmSync(hidden.planRecord(folder())),
    'platform: has no saved plan. Make one first: `npm run plan -- platform`.',
  ],
  [
    'is damaged',
    () => writeFileSync(hidden.planRecord(folder()), '{'),
    'platform: has a saved plan that `npm run plan` did not make. Make one first: `npm run plan -- platform`.',
  ],
])('applies no plan that %s', async (_, spoil, line) => {
  await run(plan, 'platform');
  spoil();
  heard();
  expect(await run(apply, 'platform', '--yes')).toBe(1);
  expect(heard()).toBe(line);
  expect(applied()).toBe(false);
});

it('says where the state is when Terraform could write it nowhere, and how to bring it to its store', async () => {
  program.answer({
    show: removing('terraform_data.other'),
    apply: [{ type: 'x', state: { version: 4, serial: 3, lineage: 'ours', resources: [] } }],
    applyFails: true,
  });
  await run(plan, 'platform');
  heard();
  expect(await run(apply, 'platform', '--yes')).toBe(1);
  const said = heard();
  const [, file = ''] = /-- recover platform (\S+)`/.exec(said) ?? [];
  expect(said).toContain(`platform: was applied, but its state could only be written to ${file}.`);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ serial: 3 });
  rmSync(file);
});

it('applies nothing on a disk that is too full for a state', async () => {
  home.write('.state/platform.tfstate', '{"version": 4, "serial": 1, "lineage": "l", "resources": []}');
  await run(plan, 'platform');
  heard();
  jest.spyOn(fs, 'statfsSync').mockReturnValue({ bavail: 16, bsize: 1024 * 1024 } as never);
  expect(await run(apply, 'platform', '--yes')).toBe(1);
  expect(heard()).toMatch(/platform: needs 17 MB for its state on the disk of .*, which is full/);
  expect(applied()).toBe(false);
  jest.mocked(fs.statfsSync).mockReturnValue({ bavail: 17, bsize: 1024 * 1024 } as never);
  expect(await run(apply, 'platform', '--yes')).toBe(0);
});

it('says what failed, and keeps no plan that was begun', async () => {
  program.answer({
    show: removing('terraform_data.other'),
    apply: [
      { type: 'apply_complete', hook: { resource: { addr: 'terraform_data.other' }, action: 'delete' } },
      {
        diagnostic: { severity: 'error', summary: 'No.', detail: 'Because', address: 'terraform_data.kept' },
      },
    ],
    applyFails: true,
  });
  await run(plan, 'platform');
  heard();
  expect(await run(apply, 'platform', '--yes')).toBe(1);
  const said = heard();
  expect(said).toContain('base: terraform_data.other destroyed');
  expect(said).toContain('platform/base: terraform_data.kept: No.: Because.');
  expect(existsSync(hidden.plan(folder()))).toBe(false);
});

const done = (addr: string, action: string, elapsed_seconds?: number) => ({
  type: 'apply_complete',
  hook: { resource: { addr }, action, elapsed_seconds },
});

it('says what was done to each thing, and whose it was', async () => {
  const deeds = ['create', 'update', 'delete', 'replace', 'forget', 'read'];
  program.answer({
    show: removing('terraform_data.other'),
    apply: [
      { ...done('terraform_data.kept', 'create'), type: 'apply_start' },
      ...deeds.map((action) => done('terraform_data.kept', action, 3)),
      done('terraform_data.unknown', 'create'),
    ],
  });
  await run(plan, 'platform');
  heard();
  await run(apply, 'platform', '--yes');
  const said = heard().split('\n');
  expect(said.filter((line) => /^ {2}\w+: /.test(line))).toEqual([
    ...['made', 'changed', 'destroyed', 'replaced', 'done'].map(
      (deed) => `  base: terraform_data.kept ${deed} (3 s)`,
    ),
    '  platform: terraform_data.unknown made (0 s)',
  ]);
});

it('says what Terraform is at meanwhile, without the rest of a long message', async () => {
  program.answer({
    show: removing('terraform_data.other'),
    apply: [{ type: 'apply_start', '@message': 'Destroying…\nmore' }],
  });
  await run(plan, 'platform');
  const seen: string[] = [];
  const session = await home.session(program.environment);
  const terminal = { ...session.terminal, status: (line: string) => void seen.push(line) };
  const given = readGiven(readOptions(usageOf(apply), ['platform', '--yes']));
  await apply.run({ ...session, terminal }, given);
  expect(seen).toContain('platform: Destroying…');
});

describe('an apply whose command was killed', () => {
  /** Lays down what it said, as if the processes of these ids had run it. */
  const leave = (terraform: number, ...events: object[]): void => {
    const lines = events.map((event) => JSON.stringify({ '@level': 'info', '@message': '', ...event }));
    const log = hidden.applyLog(folder(), 999_999_999, terraform);
    home.write(log.slice(home.root.length + 1), `${lines.join('\n')}\n`);
  };

  it('is told of by the next command, which goes on without the plan that it used up', async () => {
    await run(plan, 'platform');
    leave(999_999_998, done('terraform_data.kept', 'create'));
    heard();
    expect(await run(apply, 'platform', '--yes')).toBe(1);
    expect(heard().split('\n')).toEqual([
      'platform: an apply went on after its command was killed, and has ended. It did:',
      '  base: terraform_data.kept made (0 s)',
      'platform: has no saved plan. Make one first: `npm run plan -- platform`.',
    ]);
    expect(await run(plan, 'platform')).toBe(2);
    expect(heard()).not.toContain('killed');
  });

  it('is waited for while it runs', async () => {
    const still = spawn('sh', ['-c', 'sleep 2; :', 'apply']);
    leave(still.pid ?? 0);
    expect(await run(plan, 'platform')).toBe(2);
    expect(still.exitCode).toBe(0);
    expect(heard()).toContain(
      `platform: an apply whose command was killed still runs as process ${still.pid}. Waiting for its end`,
    );
  });

  it('is planned over only once what it failed at is known', async () => {
    leave(999_999_998, { diagnostic: { severity: 'error', summary: 'No room', detail: '' } });
    expect(await run(plan, 'platform')).toBe(1);
    expect(heard()).toContain('platform: No room. Fix it and run `npm run plan -- platform`');
    expect(program.calls()).toEqual([]);
  });
});

it('takes an address off the list on its owner’s word alone', async () => {
  home.write('terraform/precious.json', JSON.stringify({ platform: ['a.b'] }));
  await run(precious);
  expect(heard()).toBe('platform: a.b');
  for (const wrong of [['release'], ['release', 'platform'], ['forget', 'platform', 'a.b']]) {
    expect(await run(precious, ...wrong)).toBe(1);
    expect(heard()).toContain('npm run precious: does not know');
  }
  expect(await run(precious, 'release', 'platform', 'c.d')).toBe(1);
  expect(heard()).toContain('platform: c.d: is not on the list');
  expect(await run(precious, 'release', 'platform', 'a.b')).toBe(0);
  expect(readPrecious(home.root)).toEqual({});
});
