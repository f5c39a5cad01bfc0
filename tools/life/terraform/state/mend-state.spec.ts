import { existsSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { state as stateCommand } from '../commands/state';
import { type RootModule, readRootModule } from '../root-module';
import { type ScriptedTerraform, scriptedTerraform } from '../scripted-terraform';
import { type TemporaryHome, temporaryHome } from '../temporary-home';
import {
  backUpState,
  listBackups,
  recoverState,
  requireAdopted,
  rescueState,
  restoreState,
} from './mend-state';

jest.setTimeout(60_000);

let home: TemporaryHome;
let platform: RootModule;
let program: ScriptedTerraform;
const store = '.state/platform.tfstate';
const left = 'terraform/platform/errored.tfstate';
const at = (file: string): string => join(home.root, file);
const read = (file: string): { serial: number } => JSON.parse(readFileSync(at(file), 'utf8'));

const state = (serial: number, names: readonly string[] = [], lineage = 'ours') => ({
  version: 4,
  serial,
  lineage,
  resources: names.map((name) => ({ mode: 'managed', type: 'a', name, instances: [{}] })),
});
const write = (content: object, file = store): void => home.write(file, JSON.stringify(content));
const serials = (): (string | undefined)[] =>
  listBackups(platform).map((file) => /serial-(\w+)\.tfstate$/.exec(file)?.[1]);

/** As many applies, one a millisecond at the earliest, since a copy is named for its time. */
async function applyTimes(count: number, first = 1): Promise<void> {
  for (let serial = first; serial < first + count; serial += 1) {
    write(state(serial));
    backUpState(platform);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

beforeEach(() => {
  home = temporaryHome();
  home.describe('platform');
  program = scriptedTerraform(home);
  platform = readRootModule(home.root, 'platform');
});
afterEach(() => home.remove());

it('is unlocked by the name of its lock alone, and without asking', async () => {
  expect(await home.run(stateCommand, ['unlock', 'platform', 'id-of-lock'], program.environment)).toBe(0);
  expect(program.calls().at(-1)).toBe('force-unlock -force id-of-lock');
});

it('is told that something is whole, and copied before that', async () => {
  write(state(1));
  expect(await home.run(stateCommand, ['keep', 'platform', 'a.b'], program.environment)).toBe(0);
  expect(program.calls().at(-1)).toBe('untaint a.b');
  expect(serials()).toEqual(['1']);
});

describe('the backups of a state', () => {
  it('are listed from the newest on, and the oldest go when there are more than thirty', async () => {
    await applyTimes(33);
    expect(serials()).toEqual(Array.from({ length: 30 }, (_, index) => String(33 - index)));
  });

  it('are made once of the same state', () => {
    write(state(1));
    backUpState(platform);
    backUpState(platform);
    expect(serials()).toEqual(['1']);
  });

  it('hold what the state held, for their owner alone', () => {
    write(state(1, ['one']));
    backUpState(platform);
    const [file = ''] = listBackups(platform);
    expect(basename(file)).toMatch(/^platform\.\d{4}-[\dTZ-]+\.serial-1\.tfstate$/);
    expect(readFileSync(file, 'utf8')).toBe(JSON.stringify(state(1, ['one'])));
    expect(statSync(at('.state/backups')).mode & 0o077).toBe(0);
  });

  it('are made of a damaged state, too', () => {
    home.write(store, 'torn');
    backUpState(platform);
    expect(serials()).toEqual(['unread']);
  });

  it('of another stack, and other files, are none of its own', () => {
    write(state(1));
    backUpState(platform);
    home.write('.state/backups/platform-two.2026.serial-9.tfstate', '{}');
    home.write('.state/backups/platform.2026.serial-9.tfstate.lock', '{}');
    expect(serials()).toEqual(['1']);
  });

  it('are none where there is no state, or it lives elsewhere', () => {
    backUpState(platform);
    expect(listBackups(platform)).toEqual([]);
    expect(existsSync(at('.state/backups'))).toBe(false);
    home.describe('platform', [], { backend: { pg: { schema_name: 'a' } } });
    write(state(1));
    const remote = readRootModule(home.root, 'platform');
    backUpState(remote);
    expect(listBackups(remote)).toEqual([]);
  });
});

describe('a state that is put back', () => {
  const restore = async (file: string | undefined) =>
    restoreState(await home.session(program.environment), platform, file);

  it('keeps what was there as a backup, and says what was made since', async () => {
    write(state(1, ['one']));
    backUpState(platform);
    await new Promise((resolve) => setTimeout(resolve, 2));
    write(state(2, ['one', 'two']));
    backUpState(platform);
    await new Promise((resolve) => setTimeout(resolve, 2));
    write(state(3, ['one', 'two', 'three']));
    home.write('terraform/platform/.terraform/terraform.tfstate', '');
    const first = listBackups(platform).at(-1) ?? '';
    expect(await restore(basename(first))).toMatchObject({
      backup: first,
      later: [expect.stringContaining('serial-3'), expect.stringContaining('serial-2')],
      made: ['a.two', 'a.three'],
    });
    expect(read(store)).toEqual(state(1, ['one']));
    expect(serials()).toEqual(['3', '2', '1']);
    expect(readdirSync(at('.state')).sort()).toEqual(['backups', 'platform.tfstate']);
    expect(() => requireAdopted(platform)).toThrow(
      'platform: has an older state that was put back, and what was made since would be made a second time. `npm run adopt -- platform` looks for what exists and takes it over.',
    );
  });

  it('plans on at once when nothing was applied after it', async () => {
    await applyTimes(1);
    const [file] = listBackups(platform);
    expect(await restore(file)).toMatchObject({ later: [], made: [] });
    expect(() => requireAdopted(platform)).not.toThrow();
  });

  it('takes the place of a damaged one', async () => {
    await applyTimes(2);
    home.write(store, 'torn');
    await restore(listBackups(platform)[0]);
    expect(read(store).serial).toBe(2);
    expect(serials()).toEqual(['unread', '2', '1']);
  });

  it.each<[string, string | undefined, string]>([
    ['is not named', undefined, 'platform: has no backup. `npm run state -- backups platform` lists them.'],
    ['is not there', 'nowhere.tfstate', 'platform: has no backup nowhere.tfstate.'],
    ['is none', 'own.tfstate', 'platform: cannot take own.tfstate, which is not a state. Take an older one.'],
  ])('is left alone when the backup %s', async (_, file, line) => {
    await applyTimes(1);
    home.write('own.tfstate', '{"serial": 9}');
    await expect(restore(file)).rejects.toThrow(line);
    expect(read(store).serial).toBe(1);
  });

  it('is a matter of its store when it is not local', async () => {
    home.describe('platform', [], { backend: { pg: { schema_name: 'a' } } });
    platform = readRootModule(home.root, 'platform');
    await expect(restore('x')).rejects.toThrow('platform: has no local state. Restore it with the versions');
  });
});

describe('a state that could not be stored', () => {
  const recover = async (file?: string): Promise<void> =>
    recoverState(await home.session(program.environment), platform, file);
  const pushes = (): string[] => program.calls().filter((call) => call.startsWith('state push'));

  it('is written down for its owner alone, whatever it is', () => {
    for (const given of [state(4, ['one']), JSON.stringify(state(4, ['one']))]) {
      const file = rescueState(platform, given);
      expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(state(4, ['one']));
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(basename(file)).toMatch(/^platform\.\d+\.rescued\.tfstate$/);
      rmSync(file);
    }
  });

  it('is brought to its store, and is then gone from here', async () => {
    write(state(1));
    write(state(2, ['made']), left);
    await recover();
    expect(read(store)).toEqual(state(2, ['made']));
    expect(existsSync(at(left))).toBe(false);
    expect(pushes()).toEqual([`state push ${at(left)}`]);
  });

  it('replaces one of the same serial, which Terraform would take for the same', async () => {
    write(state(2));
    write(state(2, ['made']), left);
    await recover();
    expect(read(store)).toEqual(state(2, ['made']));
    expect(pushes()).toEqual([expect.stringContaining('-force')]);
  });

  it.each<[string, object]>([
    ['none', {}],
    ['one that was never written', state(0, [], '')],
  ])('is brought to a store that holds %s', async (_, there) => {
    if ('serial' in there) write(there);
    write(state(2, ['made']), left);
    await recover();
    expect(read(store)).toEqual(state(2, ['made']));
  });

  it.each<[string, object, string]>([
    ['a newer one', state(3), 'was applied again since then'],
    ['one of another origin', state(1, [], 'foreign'), 'has a state of another origin in its store'],
  ])('stays here while its store holds %s', async (_, there, what) => {
    write(there);
    write(state(2, ['made']), left);
    await expect(recover()).rejects.toThrow(`platform: ${what}. ${at(left)} stays as it is`);
    expect(read(store)).toEqual(there);
    expect(existsSync(at(left))).toBe(true);
    expect(pushes()).toEqual([]);
  });

  it('stays here when it did not arrive', async () => {
    program.answer({ push: ':' });
    write(state(2, ['made']), left);
    await expect(recover()).rejects.toThrow(
      `platform: still has another state in its store. ${at(left)} stays as it is.`,
    );
    expect(existsSync(at(left))).toBe(true);
  });

  it('is taken from another file where one is named', async () => {
    write(state(2, ['made']), 'rescued.tfstate');
    await recover(at('rescued.tfstate'));
    expect(read(store)).toEqual(state(2, ['made']));
    expect(existsSync(at('rescued.tfstate'))).toBe(false);
  });

  it('must be one', async () => {
    await expect(recover()).rejects.toThrow(`platform: has no ${left}. There is nothing to recover.`);
    home.write(left, 'torn');
    await expect(recover()).rejects.toThrow('which is not a state. It stays as it is.');
    expect(existsSync(at(left))).toBe(true);
  });
});
