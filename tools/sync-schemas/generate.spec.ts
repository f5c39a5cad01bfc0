import { type BlockSchema, type NestedBlockSchema, type PartSchema } from '@home/providers';
import { blockSchemas } from './block-schemas';
import { argumentTypes, attributeTypes } from './block-types';
import { formatJson } from './generate';
import { findParts, nameParts } from './parts';

const nested: BlockSchema = { attributes: { x: { type: 'string', required: true } }, block_types: {} };
const blockOf = (block: Omit<NestedBlockSchema, 'block'>): BlockSchema => ({
  block_types: { part: { ...block, block: nested } },
});
const single = { $ref: '#/$defs/Part' };

// One line per odd case of Terraform's schemas: what is recorded → JSON Schema → what may be written → what is read.
const cases: { name: string; in: BlockSchema; schema: PartSchema; written: string; read: string }[] = [
  {
    name: 'a string',
    in: { attributes: { a: { type: 'string', required: true } } },
    schema: { type: 'string', expression: 'string' },
    written: 'a: Value<string>',
    read: 'a: string',
  },
  {
    name: 'an optional number',
    in: { attributes: { a: { type: 'number', optional: true } } },
    schema: { type: ['number', 'string'], expression: 'number' },
    written: 'a?: Value<number>',
    read: 'a: number',
  },
  {
    name: 'a truth value that the provider may choose',
    in: { attributes: { a: { type: 'bool', optional: true, computed: true } } },
    schema: { type: ['boolean', 'string'], expression: 'bool', computed: true },
    written: 'a?: Value<boolean>',
    read: 'a: boolean',
  },
  {
    name: 'what only the provider sets',
    in: { attributes: { a: { type: 'string', computed: true, sensitive: true } } },
    schema: { type: 'string', expression: 'string', readOnly: true, sensitive: true },
    written: '',
    read: '/** Sensitive. */ a: string',
  },
  {
    name: 'the id that the provider SDK adds',
    in: { attributes: { id: { type: 'string', optional: true, computed: true } } },
    schema: { type: 'string', expression: 'string', readOnly: true },
    written: '',
    read: 'id: string',
  },
  {
    name: 'what is kept nowhere',
    in: { attributes: { a: { type: ['map', 'string'], optional: true, write_only: true } } },
    schema: {
      type: ['object', 'string'],
      expression: 'map',
      additionalProperties: { type: 'string', expression: 'string' },
      writeOnly: true,
    },
    written: '/** Kept in no state. */ a?: Value<Record<string, Value<string>>>',
    read: '',
  },
  {
    name: 'a deprecated set of numbers',
    in: { attributes: { a: { type: ['set', 'number'], optional: true, deprecated: true } } },
    schema: {
      type: ['array', 'string'],
      expression: 'set',
      items: { type: ['number', 'string'], expression: 'number' },
      deprecated: true,
    },
    written: '/** @deprecated */ a?: Value<readonly Value<number>[]>',
    read: '/** @deprecated */ a: number[]',
  },
  {
    name: 'an object type, one member optional',
    in: { attributes: { a: { type: ['object', { b: 'bool', c: 'string' }, ['c']], required: true } } },
    schema: {
      type: ['object', 'string'],
      expression: 'object',
      properties: {
        b: { type: ['boolean', 'string'], expression: 'bool' },
        c: { type: 'string', expression: 'string' },
      },
      required: ['b'],
      additionalProperties: false,
    },
    written: 'a: Value<{ b: Value<boolean>; c?: Value<string> }>',
    read: 'a: { b: boolean; c: string }',
  },
  {
    name: 'a tuple',
    in: { attributes: { a: { type: ['tuple', ['string', 'number']], required: true } } },
    schema: {
      type: ['array', 'string'],
      expression: 'tuple',
      items: [
        { type: 'string', expression: 'string' },
        { type: ['number', 'string'], expression: 'number' },
      ],
      minItems: 2,
      maxItems: 2,
    },
    written: 'a: Value<readonly [Value<string>, Value<number>]>',
    read: 'a: [string, number]',
  },
  {
    name: 'any type',
    in: { attributes: { a: { type: 'dynamic', optional: true } } },
    schema: { expression: 'dynamic' },
    written: 'a?: unknown',
    read: 'a: unknown',
  },
  {
    name: 'an object of attributes',
    in: {
      attributes: {
        part: {
          nested_type: { nesting_mode: 'single', attributes: nested.attributes ?? {} },
          optional: true,
        },
      },
    },
    schema: single,
    written: 'part?: Value<Part>',
    read: 'part: PartAttributes',
  },
  {
    name: 'objects of attributes in a map',
    in: {
      attributes: {
        part: { nested_type: { nesting_mode: 'map', attributes: nested.attributes ?? {} }, required: true },
      },
    },
    schema: { type: ['object', 'string'], expression: 'map', additionalProperties: single },
    written: 'part: Value<Record<string, Value<Part>>>',
    read: 'part: Record<string, PartAttributes>',
  },
  {
    name: 'a block that occurs once',
    in: blockOf({ nesting_mode: 'list', min_items: 1, max_items: 1 }),
    schema: { ...single, nesting: 'list' },
    written: 'part: Single<Part>',
    read: 'part: PartAttributes[]',
  },
  {
    name: 'a block that is no list',
    in: blockOf({ nesting_mode: 'single' }),
    schema: { ...single, nesting: 'single' },
    written: 'part?: Single<Part>',
    read: 'part: PartAttributes',
  },
  {
    name: 'a block that is always there',
    in: blockOf({ nesting_mode: 'group' }),
    schema: { ...single, nesting: 'group' },
    written: 'part?: Single<Part>',
    read: 'part: PartAttributes',
  },
  {
    name: 'a set of two to three blocks',
    in: blockOf({ nesting_mode: 'set', min_items: 2, max_items: 3 }),
    schema: { type: 'array', nesting: 'set', items: single, minItems: 2, maxItems: 3 },
    written: 'part: Many<Part>',
    read: 'part: PartAttributes[]',
  },
  {
    name: 'blocks by label',
    in: blockOf({ nesting_mode: 'map' }),
    schema: { type: 'object', nesting: 'map', additionalProperties: single },
    written: 'part?: Record<string, Part>',
    read: 'part: Record<string, PartAttributes>',
  },
];

test.each(cases)('turns $name into a schema and types', ({ in: block, schema, written, read }) => {
  const whole = { attributes: {}, block_types: {}, ...block };
  const blocks = [{ kind: 'resource', type: 'a_thing', name: 'Thing', schema: whole }] as const;
  const parts = findParts(blocks);
  const made = blockSchemas('a', blocks, parts, nameParts(parts, blocks).nameOf);
  expect(Object.values(made.$defs['Thing']?.properties ?? {})).toEqual([schema]);
  expect(membersOf(argumentTypes(made), 'ThingArguments')).toBe(written);
  expect(membersOf(attributeTypes(made), 'ThingAttributes')).toBe(read);
});

/** What stands between the braces of an interface, on one line. */
function membersOf(source: string, name: string): string {
  const members =
    new RegExp(`export interface ${name} \\{\\n(.*?)\\n?^\\}`, 'ms').exec(source)?.[1] ?? 'no such interface';
  return members.replaceAll('@deprecated\n   */', '@deprecated */').replaceAll(/\s+/g, ' ').trim();
}

const long = 'x'.repeat(60);
const layouts = [
  { name: 'short values on one line', in: { a: [1, { b: null }] }, out: '{"a":[1,{"b":null}]}\n' },
  {
    name: 'long ones with one member per line',
    in: { a: long, b: [long, long] },
    out: `{\n "a": "${long}",\n "b": [\n  "${long}",\n  "${long}"\n ]\n}\n`,
  },
];

test.each(layouts)('formats $name', ({ in: value, out }) => {
  expect(formatJson(value)).toBe(out);
});
