import { Block, type BlockKind } from '../expression';
import { blocksIn, newDraft, placeBlock } from './file-blocks';

type Given = readonly [kind: BlockKind, type: string, label: string, body: object];

/** The file that some blocks make, and the addresses that were taken when each came. */
function fileOf(...given: readonly Given[]) {
  const file = newDraft();
  const taken = given.flatMap(([kind, type, label, body]) =>
    placeBlock(file, new Block(kind, type, label, body as never, []), body as never),
  );
  return { file: JSON.parse(JSON.stringify(file)) as Record<string, unknown>, taken };
}

const every: readonly Given[] = [
  ['terraform', '', '', { required_version: '1' }],
  ['provider', '', 'kubernetes', { alias: 'one' }],
  ['provider', '', 'kubernetes', { alias: 'two' }],
  ['variable', '', 'x', { type: 'string' }],
  ['locals', '', '', { a: 1 }],
  ['data', 'a_b', 'c', { id: 1 }],
  ['ephemeral', 'a_b', 'c', { id: 2 }],
  ['resource', 'a_b', 'c', { id: 3 }],
  ['resource', 'a_b', 'd', { id: 4 }],
  ['resource', 'e_f', 'c', { id: 5 }],
  ['output', '', 'x', { value: 1 }],
  ['check', '', 'x', { assert: [] }],
  ['moved', '', '', { from: 'a_b.x', to: 'a_b.y' }],
  ['moved', '', '', { from: 'a_b.y', to: 'a_b.z' }],
  ['removed', '', '', { from: 'a_b.q' }],
  ['import', '', '', { to: 'a_b.c', id: '1' }],
];

it('puts each block where the JSON syntax wants its kind', () => {
  const { file, taken } = fileOf(...every);
  expect(taken).toEqual([]);
  expect(file).toEqual({
    terraform: { required_version: '1' },
    provider: { kubernetes: [{ alias: 'one' }, { alias: 'two' }] },
    variable: { x: { type: 'string' } },
    locals: { a: 1 },
    data: { a_b: { c: { id: 1 } } },
    ephemeral: { a_b: { c: { id: 2 } } },
    resource: { a_b: { c: { id: 3 }, d: { id: 4 } }, e_f: { c: { id: 5 } } },
    output: { x: { value: 1 } },
    check: { x: { assert: [] } },
    moved: [
      { from: 'a_b.x', to: 'a_b.y' },
      { from: 'a_b.y', to: 'a_b.z' },
    ],
    removed: [{ from: 'a_b.q' }],
    import: [{ to: 'a_b.c', id: '1' }],
  });
});

it('reads back each block that it wrote', () => {
  const read = blocksIn(fileOf(...every).file).map(({ kind, type, label, body }) => [
    kind,
    type,
    label,
    body,
  ]);
  expect(read).toHaveLength(every.length);
  expect(read).toEqual(expect.arrayContaining([...every]));
});

it('says which address was taken already', () => {
  const twice = (kind: BlockKind, type = '', label = '', body: object = {}): string[] =>
    fileOf([kind, type, label, body], [kind, type, label, body]).taken;
  expect(twice('resource', 'a_b', 'c')).toEqual(['a_b.c']);
  expect(twice('output', '', 'x')).toEqual(['output.x']);
  expect(twice('locals', '', '', { a: 1, b: 2 })).toEqual(['local.a', 'local.b']);
  expect(twice('provider', '', 'p')).toEqual([]);
  expect(twice('moved')).toEqual([]);
  expect(fileOf(['resource', 'a_b', 'constructor', {}], ['output', '', 'toString', {}]).taken).toEqual([]);
});

it.each<[string, Readonly<Record<string, unknown>>, string[]]>([
  ['comments', { '//': 'a', resource: { '//': 'b', a_b: { '//': 'c', d: {} } } }, ['resource a_b d']],
  ['kinds that Terraform does not have', { resources: { a_b: { c: {} } } }, []],
  ['what is inherited', Object.create({ output: { x: {} } }) as Record<string, unknown>, []],
  ['what is no object', { resource: [], output: 'x', data: { a_b: 1 } }, []],
])('leaves out %s', (_, file, blocks) => {
  expect(blocksIn(file).map(({ kind, type, label }) => `${kind} ${type} ${label}`)).toEqual(blocks);
});

it('takes one for a list of one, as people write it', () => {
  const file = { provider: { p: { alias: 'a' } }, moved: { from: 'x' }, import: undefined };
  expect(blocksIn(file)).toEqual([
    { kind: 'moved', type: '', label: '', body: { from: 'x' } },
    { kind: 'provider', type: '', label: 'p', body: { alias: 'a' } },
  ]);
});
