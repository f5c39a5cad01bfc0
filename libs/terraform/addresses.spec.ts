import { addressOf, addressesOf, formatTarget, isRepeated } from './addresses';
import { Block, type BlockKind } from './expression';

const block = (kind: BlockKind, type: string, label: string, body: object = {}): Block =>
  new Block(kind, type, label, body as never, []);

it.each<[BlockKind, string, string, string, string[]]>([
  ['resource', 'a_b', 'c', 'a_b.c', ['a_b.c']],
  ['data', 'a_b', 'c', 'data.a_b.c', ['data.a_b.c']],
  ['ephemeral', 'a_b', 'c', 'ephemeral.a_b.c', ['ephemeral.a_b.c']],
  ['variable', '', 'x', 'var.x', ['var.x']],
  ['output', '', 'x', 'output.x', ['output.x']],
  ['check', '', 'x', 'check.x', ['check.x']],
  ['locals', '', '', 'local', ['local.one', 'local.two']],
  ['provider', '', 'kubernetes', 'provider.kubernetes', []],
  ['terraform', '', '', 'terraform', []],
  ['moved', '', '', 'moved', []],
  ['removed', '', '', 'removed', []],
  ['import', '', '', 'import', []],
])('knows a block of the kind %s with the labels "%s" "%s" as %s', (kind, type, label, address, declared) => {
  const body = kind === 'locals' ? { one: 1, two: 2 } : { from: 'x' };
  expect(addressOf(block(kind, type, label, body))).toBe(address);
  expect(addressesOf(block(kind, type, label, body))).toEqual(declared);
});

it.each<[object, boolean]>([
  [{ count: 2 }, true],
  [{ for_each: {} }, true],
  [{ input: 1 }, false],
])('knows of %j whether it is made several times: %s', (body, repeated) => {
  expect(isRepeated(block('resource', 'a_b', 'c', body))).toBe(repeated);
});

it.each<[object, (string | number)[], string]>([
  [{}, [], 'a_b.c'],
  [{}, ['metadata', 0, 'name'], 'a_b.c.metadata[0].name'],
  [{ count: 2 }, [1, 'name'], 'a_b.c[1].name'],
  [{ for_each: {} }, ['name', 'id'], 'a_b.c["name"].id'],
  [{ for_each: {} }, ['${x}', 'id'], 'a_b.c["$${x}"].id'],
  [{ for_each: {} }, [0, 'id'], 'a_b.c[0].id'],
])('reads from a block with %j by the steps %j: %s', (body, path, text) => {
  expect(formatTarget(block('resource', 'a_b', 'c', body), path)).toBe(text);
});

it('reads from what is no block by its name', () => {
  expect(formatTarget('each.value', ['name'])).toBe('each.value.name');
});
