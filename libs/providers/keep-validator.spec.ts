import { Ajv } from 'ajv';
import { keepValidator, makeCompiler } from './keep-validator';

const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  $defs: { name: { type: 'string', minLength: 2, pattern: '^[a-zä]+$', even: true } },
  properties: {
    name: { $ref: '#/$defs/name' },
    kind: { oneOf: [{ const: 'a' }, { enum: ['b', { deep: [1] }] }] },
    list: { type: 'array', uniqueItems: true, maxItems: 3, items: { format: 'odd' } },
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

const values = [
  { name: 'ab' },
  { name: 'ä' },
  { name: 'abc', kind: 'c', list: ['a', 'a', 'ab', 1] },
  { nam: 'ab', kind: { deep: [1] } },
  { name: 1, kind: { deep: [2] }, list: 'a' },
  null,
];

it('says of each value what ajv says, when it is made and when it was kept', () => {
  const plain = learn(new Ajv(options)).compile(schema);
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

it('holds values to a schema that was edited from then on', () => {
  expect(validatorOf(JSON.stringify(schema))({ name: 'abcd' })).toBe(true);
  const edited = JSON.stringify(schema).replace('"minLength":2', '"minLength":5');
  expect(validatorOf(edited)({ name: 'abcd' })).toBe(false);
});
