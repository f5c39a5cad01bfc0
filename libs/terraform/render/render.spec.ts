import { type Block, block, dynamicBlock, flatten, locals, output, raw, resourceBlock, tf } from '..';
import { complaints, jsonOf, renderApp } from './example-stacks';

it('leaves out what is undefined, and keeps null', () => {
  const block = resourceBlock('a', 'b', { c: undefined, d: null, e: { f: undefined } });
  expect(jsonOf(block)).toEqual({ resource: { a: { b: { d: null, e: {} } } } });
});

it('writes labels and keys that mean something to JavaScript', () => {
  const names = ['constructor', 'toString', '__proto__', 'hasOwnProperty'];
  const { json, problems } = renderApp(names.map((name) => output(name, JSON.parse(`{ "${name}": 1 }`))));
  expect(problems).toEqual([]);
  const members = names.map((name) => `"${name}":{"value":{"${name}":1}}`);
  expect(JSON.stringify(json)).toBe(`{"output":{${members.join(',')}}}`);
});

it('flattens what a workload exports', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((label) => resourceBlock('terraform_data', label, {})) as [
    Block,
    Block,
    Block,
  ];
  expect(flatten([a, [{ blocks: [b, { blocks: c }] }], []])).toEqual([a, b, c]);
});

const data = (label: string, given: object = {}): Block => resourceBlock('terraform_data', label, given);
const data0 = data('a');

it.each<[string, Block[], string]>([
  [
    'two blocks of one address',
    [data('a'), data('a')],
    'terraform_data.a: is defined twice in one workload. Give one of the two another label.',
  ],
  [
    'two local values of one name',
    [locals({ a: 1, b: 1 }), locals({ b: 2 })],
    'local.b: is defined twice in one workload. Give one of the two another label.',
  ],
  [
    'a label that is none',
    [data('a.b')],
    'terraform_data.a.b: must have a label of letters, digits, "_" and "-" that starts with a letter. Rename it.',
  ],
  [
    'a label that starts with a digit',
    [output('1st', 1)],
    'output.1st: must have a label of letters, digits, "_" and "-" that starts with a letter. Rename it.',
  ],
  [
    'an empty label',
    [data('')],
    'terraform_data: must have a label of letters, digits, "_" and "-" that starts with a letter. Rename it.',
  ],
  [
    'a local value whose name is none',
    [locals({ a: 1, 'a b': 1 })],
    'local: ["a b"]: must have a name of letters, digits, "_" and "-" that starts with a letter. Rename it.',
  ],
  [
    'a former label of what cannot move',
    [block('output', '', 'a', { formerly: ['b'], value: 1 })],
    'output.a: formerly: must not be set, since only resources and modules move. Take it out.',
  ],
  [
    'a former label that it has',
    [data('a', { formerly: ['b', 'a'] })],
    'terraform_data.a: formerly: must list other labels, each once, but lists b, a, a. Take the repeated one out.',
  ],
  [
    'no finite number',
    [data('a', { input: { b: [1 / 0] } })],
    'terraform_data.a: input.b[0]: must be a finite number, but is Infinity. Write a number.',
  ],
  [
    'a function',
    [data('a', { input: () => 1 })],
    'terraform_data.a: input: must be data, but is a function. Write plain values.',
  ],
  [
    'an object of a class',
    [data('a', { input: new Map() })],
    'terraform_data.a: input: must be data, but is a Map. Write plain values.',
  ],
  [
    'a block where a value belongs',
    [data('b', { input: data0 })],
    'terraform_data.b: input: must be data, but is the block terraform_data.a. Use one of its attributes: block.ref.…',
  ],
  [
    'an expression where nothing is evaluated',
    [data('a', { lifecycle: { prevent_destroy: raw('true') } })],
    'terraform_data.a: lifecycle.prevent_destroy: must be a literal, because Terraform evaluates nothing here. Write the value itself.',
  ],
  [
    'half a character',
    [data('a', { input: tf`${'\ud83d'}` })],
    'terraform_data.a: input: must be well-formed Unicode, but holds half of a surrogate pair. Correct the text.',
  ],
])('refuses %s', (_, blocks, problem) => {
  expect(complaints(blocks)).toEqual([`apps/workloads/app: ${problem}`]);
});

it('reports all mistakes of a workload at once', () => {
  expect(
    complaints([data('a', { input: NaN }), data('b', { input: [undefined, () => 1] }), data('b')]),
  ).toHaveLength(3);
});

it('takes for a dynamic block only what was made as one', () => {
  const lookalike = { dynamic: { for_each: ['a'], iterator: 'b', content: {} } };
  expect(jsonOf(data('a', { input: [lookalike] }))).toEqual({
    resource: { terraform_data: { a: { input: [lookalike] } } },
  });
  const made = dynamicBlock('b', ['a'], () => ({}));
  expect(jsonOf(data('a', { block: [made] }))).toEqual({
    resource: { terraform_data: { a: { dynamic: { block: [lookalike.dynamic] } } } },
  });
});

it('tells of the templates that remain to be checked, and which of them name something in source text', () => {
  const one = resourceBlock<{ id: string }>('terraform_data', 'one', { input: '${text}' });
  const block = resourceBlock('terraform_data', 'two', {
    input: [one.ref.id, tf`a${one.ref.id}`, raw('upper(', one.ref.id, ')'), raw('lower(var.a)')],
  });
  const { composed } = renderApp([one, block]);
  expect(composed.map(({ path, text, namesFreely }) => [path, text, namesFreely])).toEqual([
    [['input', 1], 'a${terraform_data.one.id}', false],
    [['input', 2], '${upper(terraform_data.one.id)}', false],
    [['input', 3], '${lower(var.a)}', true],
  ]);
});
