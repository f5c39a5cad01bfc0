import { Ajv } from 'ajv';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import { blocksSchema } from './block-schema';
import machineConfigSchema from './generated/talos-machine-config/schema.json';
import { keepValidator, makeCompiler } from './keep-validator';
import { providers } from './manifest';
import { terraformSchema } from './terraform-schema';

const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  $defs: { name: { type: 'string', minLength: 2, pattern: '^[a-zä]+$', even: true } },
  properties: {
    name: { $ref: '#/$defs/name' },
    kind: { oneOf: [{ const: 'a' }, { enum: ['b', { deep: [1] }] }] },
    list: { type: 'array', uniqueItems: true, maxItems: 3, items: { format: 'odd' } },
    bounds: { type: 'array', minItems: 2, items: { minimum: 1, maximum: 5 } },
    members: {
      minProperties: 1,
      maxProperties: 2,
      propertyNames: { pattern: '^[a-z]+$' },
      additionalProperties: { anyOf: [{ type: 'string' }, { type: 'number', exclusiveMinimum: 0 }] },
    },
  },
};
const options = { strict: false, verbose: true, allErrors: true } as const;
const given = {
  even: (_: true, value: unknown) => String(value).length % 2 === 0,
  formats: { odd: { type: 'string' as const, validate: (text: string) => text.length % 2 === 1 } },
};

const learn = (ajv: Ajv): Ajv =>
  ajv.addKeyword({ keyword: 'even', validate: given.even }).addFormat('odd', given.formats.odd);

let compiled = 0;

const validatorOf = (text: string) =>
  keepValidator({
    name: 'spec/keep-validator',
    sources: [text],
    given,
    compile() {
      compiled++;
      const ajv = learn(makeCompiler('ajv', options, given));
      return { ajv, validate: ajv.compile(JSON.parse(text)) };
    },
  });

/** Jest has objects of its own, and what is compiled to validators those of Node: to ajv they are never equal. */
const asOfNode = <Value>(value: Value): Value => runInThisContext(`(${JSON.stringify(value)})`) as Value;

const values = asOfNode([
  { name: 'ab' },
  { name: 'ä' },
  { name: 'abc', kind: 'c', list: ['a', 'a', 'ab', 1] },
  { nam: 'ab', kind: { deep: [1] } },
  { name: 1, kind: { deep: [2] }, list: 'a' },
  { name: 'ab', bounds: [0], members: {} },
  { name: 'ab', bounds: [6, 2], members: { A: true, a: 0, b: '' } },
  null,
]);

/** The keywords in a schema that ajv itself holds values to. */
function keywordsIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap(keywordsIn);
  return Object.entries(schema).flatMap(([keyword, value]) => {
    if (keyword === 'properties' || keyword === '$defs') return keywordsIn(Object.values(Object(value)));
    if (keyword === 'enum' || keyword === 'const') return [keyword];
    return [...(standard.getKeyword(keyword) ? [keyword] : []), ...keywordsIn(value)];
  });
}

const standard = new Ajv();
/** What says nothing by itself. */
const silent =
  /^(\$|(title|description|default|examples|deprecated|readOnly|writeOnly|properties|items|discriminator)$)/;
const written = (file: string): unknown => JSON.parse(readFileSync(join(__dirname, '..', file), 'utf8'));

it('says of each value what ajv says, when it is made and when it was kept', () => {
  const plain = learn(new Ajv(options)).compile(asOfNode(schema));
  const text = JSON.stringify(schema);
  validatorOf(JSON.stringify({ type: 'string' }));
  for (const times of [1, 0]) {
    compiled = 0;
    const validator = validatorOf(text);
    expect(compiled).toBe(times);
    for (const value of values) {
      const holds = plain(value);
      expect([validator(value), validator.errors]).toEqual([holds, plain.errors]);
    }
  }
});

it('is asked above about every keyword that a committed schema has', () => {
  const committed = [
    ...Object.keys(providers).map(blocksSchema),
    terraformSchema,
    machineConfigSchema,
    ...['home/facts', 'home/secrets', 'kubernetes/web-app'].map((name) => written(`${name}.schema.json`)),
  ];
  const used = new Set(keywordsIn(committed).filter((keyword) => !silent.test(keyword)));
  const plain = learn(new Ajv(options)).compile(schema);
  const found = new Set(
    values.flatMap((value) => (plain(value) ? [] : (plain.errors ?? []))).map((one) => one.keyword),
  );
  expect([...used].filter((keyword) => !found.has(keyword))).toEqual([]);
  expect(used.size).toBeGreaterThan(10);
});

it('holds values to a schema that was edited from then on', () => {
  expect(validatorOf(JSON.stringify(schema))({ name: 'abcd' })).toBe(true);
  const edited = JSON.stringify(schema).replace('"minLength":2', '"minLength":5');
  expect(validatorOf(edited)({ name: 'abcd' })).toBe(false);
});
