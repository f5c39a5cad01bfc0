import { readRootModule } from '../root-module';
import { type ScriptedTerraform, scriptedTerraform } from '../scripted-terraform';
import { type TemporaryHome, temporaryHome } from '../temporary-home';
import { type State, isNoState, objectsIn, parseState, readOutputs, readState } from './read-state';

jest.setTimeout(60_000);

const state = { version: 4, serial: 1, lineage: 'l', resources: [] };

it('knows each object by its address, and what it was made from', () => {
  const resource = { mode: 'managed', type: 'a', name: 'b' };
  const resources = [
    { ...resource, instances: [{ attributes: { id: '1' }, dependencies: ['c.d'] }] },
    { ...resource, module: 'module.m', instances: [{ index_key: 0 }, { index_key: 'k' }] },
    { ...resource, mode: 'data', instances: [{}] },
  ];
  expect(objectsIn({ ...state, resources } as State)).toStrictEqual([
    { address: 'a.b', type: 'a', values: { id: '1' }, needs: ['c.d'] },
    { address: 'module.m.a.b[0]', type: 'a', values: {}, needs: [] },
    { address: 'module.m.a.b["k"]', type: 'a', values: {}, needs: [] },
  ]);
  expect(objectsIn(undefined)).toStrictEqual([]);
});

it.each<[object, boolean]>([
  [state, true],
  [{ ...state, serial: '1' }, false],
  [{ ...state, lineage: undefined }, false],
  [{ ...state, resources: undefined }, false],
  [{ resources: [] }, false],
])('takes %j for a state: %s', (json, isState) => {
  expect(parseState(JSON.stringify(json)) !== undefined).toBe(isState);
});

it.each<[string, boolean]>([
  [' \n', true],
  [JSON.stringify({ ...state, serial: 0 }), true],
  [JSON.stringify({ ...state, serial: 0, resources: [{}] }), false],
  [JSON.stringify(state), false],
  ['torn', false],
])('takes %j for what was never written: %s', (text, isNone) => {
  expect(isNoState(text)).toBe(isNone);
});

describe('the state of a stack', () => {
  let home: TemporaryHome;
  let program: ScriptedTerraform;
  const store = '.state/platform.tfstate';
  const read = async () =>
    readState(await home.session(program.environment), readRootModule(home.root, 'platform'));

  beforeEach(() => {
    home = temporaryHome();
    home.describe('platform');
    program = scriptedTerraform(home);
  });
  afterEach(() => home.remove());

  it('is read where it lies, and Terraform is not asked', async () => {
    home.write(store, JSON.stringify(state));
    expect(await read()).toEqual(state);
    expect(program.calls()).toEqual([]);
  });

  it('is none before the first apply', async () => {
    expect(await read()).toBeUndefined();
    expect(program.calls()).toEqual([]);
  });

  it('is asked of Terraform where it is encrypted', async () => {
    home.write(store, JSON.stringify({ serial: 1, lineage: 'l', encrypted_data: 'x' }));
    expect(await read()).toBeUndefined();
    expect(program.calls()).toEqual([expect.stringMatching(/^init/), 'state pull']);
  });

  it('is asked of Terraform where it lives elsewhere', async () => {
    home.describe('platform', [], { backend: { consul: { path: `../../${store}` } } });
    expect(await read()).toBeUndefined();
    home.write(store, JSON.stringify({ ...state, serial: 0 }));
    expect(await read()).toBeUndefined();
    home.write(store, JSON.stringify(state));
    expect(await read()).toEqual(state);
  });

  it('tells its outputs, also behind a warning', async () => {
    program.answer({ outputs: 'Warning: …\n{"a": {"sensitive": true, "value": 1}}' });
    expect(await readOutputs(await home.session(program.environment), 'platform')).toEqual({
      a: { sensitive: true, value: 1 },
    });
    expect(program.calls().at(-1)).toBe('output -json');
  });
});
