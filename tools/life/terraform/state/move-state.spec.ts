import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Backend } from '@home/terraform';
import { readRootModule } from '../root-module';
import { type ScriptedTerraform, scriptedTerraform } from '../scripted-terraform';
import { type TemporaryHome, temporaryHome } from '../temporary-home';
import { moveState, recordedBackend } from './move-state';

jest.setTimeout(60_000);

let home: TemporaryHome;
let program: ScriptedTerraform;
const [from, to] = ['.state/platform.tfstate', '.state/elsewhere.tfstate'];
const old: Backend = { type: 'local', path: `../../${from}` };
const resource = { mode: 'managed', type: 'a', name: 'b', instances: [{ attributes: { id: '1' } }] };
const state = { version: 4, serial: 7, lineage: 'ours', outputs: { a: { value: 1 } }, resources: [resource] };
const at = (file: string): string => join(home.root, file);
const read = (file: string): typeof state => JSON.parse(readFileSync(at(file), 'utf8'));
const write = (file: string, content: object): void => home.write(file, JSON.stringify(content));

beforeEach(() => {
  home = temporaryHome();
  home.describe('platform', [], { backend: { local: { path: `../../${to}` } } });
  program = scriptedTerraform(home);
  write(from, state);
});
afterEach(() => home.remove());

const move = async (was: Backend = old): Promise<string> =>
  moveState(await home.session(program.environment), readRootModule(home.root, 'platform'), was);

const scratch = 'terraform/platform/.terraform/move';

it('arrives whole, and nobody goes on with the old copy', async () => {
  expect(await move()).toBe(
    `platform: 1 resources arrived, serial 7, lineage ours; from now on it lives in ${to}`,
  );
  expect(read(to)).toEqual(state);
  expect(existsSync(at(from))).toBe(false);
  const [kept = ''] = readdirSync(at('.state')).filter((name) => name.includes('.moved-'));
  expect(read(`.state/${kept}`)).toEqual(state);
  expect(existsSync(at(scratch))).toBe(false);
});

it.each<[string, string]>([
  ['without a resource', `sed 's/"resources":\\[.*\\]/"resources":[]/' "$2" >"$1"`],
  ['with another value in one', `sed 's/"id":"1"/"id":"2"/' "$2" >"$1"`],
  ['without an output', `sed 's/"outputs":{"a":{"value":1}}/"outputs":{}/' "$2" >"$1"`],
  ['with another lineage, also the second time', `sed 's/"lineage":"ours"/"lineage":"new"/' "$2" >"$1"`],
  [
    'while somebody applied to the old one',
    `cp "$2" "$1"; sed -i 's/"serial":7/"serial":8/' .state/platform.tfstate`,
  ],
])('is not moved when it arrives %s', async (_, push) => {
  program.answer({ push: push.replaceAll('.state', at('.state')) });
  await expect(move()).rejects.toThrow(/platform: differs between .* after it was moved/);
  expect(read(from).resources).toEqual([resource]);
  expect(existsSync(at(scratch))).toBe(false);
});

it('is written a second time, with its own lineage, to a store that made one up', async () => {
  program.answer({
    push: `if [ -e "$1.first" ]; then cp "$2" "$1"; else : >"$1.first"; sed 's/"lineage":"ours"/"lineage":"new"/' "$2" >"$1"; fi`,
  });
  expect(await move()).toContain('lineage ours');
  expect(program.calls().filter((call) => call.startsWith('state push'))).toEqual([
    expect.not.stringContaining('-force'),
    expect.stringContaining('state push -force'),
  ]);
});

it.each<[string, object]>([
  ['of another lineage', { ...state, lineage: 'foreign' }],
  ['of its own that is older', { ...state, serial: 6 }],
])('is not moved over a state %s', async (_, there) => {
  write(to, there);
  await expect(move()).rejects.toThrow(/already holds another state. Look whose it is. Nothing was moved/);
  expect(read(to)).toEqual(there);
  expect(read(from)).toEqual(state);
  expect(program.calls().filter((call) => call.startsWith('state push'))).toEqual([]);
});

it.each([7, 8])('was moved before when the new place has it with serial %d', async (serial) => {
  write(to, { ...state, serial });
  expect(await move()).toContain('was moved before');
  expect(read(to).serial).toBe(serial);
});

it('is moved when it was written by hand, and so has no serial yet', async () => {
  write(from, { ...state, serial: 0 });
  expect(await move()).toContain('1 resources arrived, serial 0');
  expect(read(to).resources).toEqual([resource]);
});

it('is looked for in stores that were opened, and with no provider that it names', async () => {
  await move();
  const calls = program.calls();
  const opened = calls.filter((call) => call.startsWith('init') && call.includes('-plugin-dir='));
  expect(opened).toHaveLength(2);
  // What is written there may be secret, and git ignores the folder.
  for (const call of opened)
    expect(call).toMatch(/^init -input=false -json -plugin-dir=\S+\/platform\/\.terraform\/move\.\S+$/);
  expect(calls.slice(0, 2)).toEqual(opened);
  // At its new place it is used from now on.
  expect(calls.at(-1)).toMatch(/^init (?!.*-plugin-dir=).*-reconfigure/);
});

it.each([
  ['the old place', from],
  ['the new place', to],
])('is not moved when %s cannot be opened', async (_, file) => {
  program.answer({ initFails: file });
  await expect(move()).rejects.toThrow(/^platform: .*`npm run state -- move platform`/);
  expect(program.calls().every((call) => call.startsWith('init'))).toBe(true);
  expect(read(from)).toEqual(state);
});

it('is moved over one that was never written', async () => {
  write(to, { ...state, lineage: '', serial: 0, resources: [] });
  expect(await move()).toContain('1 resources arrived');
});

it.each([
  ['the old place', from],
  ['the new place', to],
])('is not moved when %s holds something else', async (_, file) => {
  home.write(file, 'no state');
  await expect(move()).rejects.toThrow(
    `platform: ${at(file)}: holds something that is not a state. Nothing was moved`,
  );
  expect(readFileSync(at(file), 'utf8')).toBe('no state');
});

it('of which there is none needs nothing but another place', async () => {
  write(from, { ...state, serial: 0, resources: [] });
  expect(await move()).toContain('platform: held nothing; from now on it lives in');
  expect(program.calls().filter((call) => call.startsWith('state push'))).toEqual([]);
});

it('stays where it lives already', async () => {
  expect(await move({ type: 'local', path: `../../${to}` })).toBe(`platform: already lives in ${to}`);
  expect(program.calls()).toEqual([]);
});

it('stays where it was when it cannot be written to its new place', async () => {
  program.answer({ push: 'exit 1' });
  await expect(move()).rejects.toThrow('run `npm run state -- move platform`');
  expect(read(from)).toEqual(state);
});

it('lives elsewhere under another key of the same bucket', async () => {
  const bucket = { type: 's3', bucket: 'states', region: 'x', use_lockfile: true } as const;
  const module = readRootModule(home.root, 'platform');
  const session = await home.session(program.environment);
  const backend = { ...bucket, key: 'new/platform.tfstate' };
  const moved = moveState(session, { ...module, backend }, { ...bucket, key: 'old/platform.tfstate' });
  expect(await moved).toContain('it lives in new/platform.tfstate in bucket states at AWS');
});

describe('a state in HCP Terraform', () => {
  // The stand-in finds its stores by their path.
  const workspace = { type: 'cloud', organization: 'o', workspaces: { name: 'pi' } } as const;
  const cloud = (): Backend => ({ ...workspace, path: at(from) }) as Backend;

  it('is moved from there, where the old copy stays', async () => {
    expect(await move(cloud())).toContain('1 resources arrived');
    expect(read(from)).toEqual(state);
  });

  it('is asked for as such', async () => {
    program.answer({ initFails: '^{"terraform":{"cloud":{"organization":"o"' });
    await expect(move(cloud())).rejects.toThrow();
  });
});

it('was last where the last init found it', () => {
  const platform = readRootModule(home.root, 'platform');
  expect(recordedBackend(platform)).toBeUndefined();
  const record = 'terraform/platform/.terraform/terraform.tfstate';
  write(record, { backend: { type: 'local', config: { path: '../a.tfstate', workspace_dir: null } } });
  expect(recordedBackend(platform)).toEqual({ type: 'local', path: '../a.tfstate' });
  home.write(record, '{');
  expect(recordedBackend(platform)).toBeUndefined();
});
