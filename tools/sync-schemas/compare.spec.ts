import { type BlockSchema, type ProviderSchema } from '@home/providers';
import { compare } from './compare';

const schema = (blocks: Record<string, BlockSchema>): ProviderSchema => ({
  provider: { version: 0, block: {} },
  resource_schemas: Object.fromEntries(
    Object.entries(blocks).map(([type, block]) => [type, { version: 0, block }]),
  ),
});
const text = { type: 'string', optional: true } as const;
const inside = (block: BlockSchema): BlockSchema => ({
  block_types: {
    spec: {
      nesting_mode: 'list',
      max_items: 1,
      block: { block_types: { pod: { nesting_mode: 'list', block } } },
    },
  },
});

const cases: {
  name: string;
  before: Record<string, BlockSchema>;
  after: Record<string, BlockSchema>;
  out: string[];
}[] = [
  {
    name: 'nothing',
    before: { a: { attributes: { x: text } } },
    after: { a: { attributes: { x: text } } },
    out: [],
  },
  {
    name: 'a block that appeared, without telling its arguments',
    before: {},
    after: { a: { attributes: { x: text } } },
    out: ['+ resource a: a block'],
  },
  {
    name: 'an argument that disappeared and one that appeared',
    before: { a: { attributes: { x: text } } },
    after: { a: { attributes: { y: { type: ['map', 'string'], computed: true, sensitive: true } } } },
    out: ['- resource a.x: string, optional', '+ resource a.y: [map,string], computed, sensitive'],
  },
  {
    name: 'an argument whose type and marks changed',
    before: { a: { attributes: { x: text } } },
    after: { a: { attributes: { x: { type: 'number', required: true } } } },
    out: ['~ resource a.x: string, optional → number, required'],
  },
  {
    name: 'a block that may be repeated now',
    before: { a: inside({}) },
    after: {
      a: {
        block_types: { spec: { nesting_mode: 'list', block: inside({}).block_types?.['spec']?.block ?? {} } },
      },
    },
    out: ['~ resource a.spec: list of blocks, 0 to 1 → list of blocks, 0 to many'],
  },
  {
    name: 'a change in a shared part, once',
    before: { a: inside({}), b: inside({}), c: inside({}) },
    after: {
      a: inside({ attributes: { x: text } }),
      b: inside({ attributes: { x: text } }),
      c: inside({ attributes: { x: text } }),
    },
    out: ['+ resource a.spec.pod.x: string, optional (and 2 more)'],
  },
  {
    name: 'an object of attributes that changed inside',
    before: {
      a: { attributes: { o: { nested_type: { nesting_mode: 'single', attributes: {} }, optional: true } } },
    },
    after: {
      a: {
        attributes: {
          o: { nested_type: { nesting_mode: 'single', attributes: { x: text } }, optional: true },
        },
      },
    },
    out: ['+ resource a.o.x: string, optional'],
  },
];

test.each(cases)('tells $name', ({ before, after, out }) => {
  expect(compare(schema(before), schema(after))).toEqual(out);
});
