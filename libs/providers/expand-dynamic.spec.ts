import { expandDynamic } from './expand-dynamic';
import { type Part } from './part-at';

const inner = { type: 'object', properties: { deep: { $ref: '#/$defs/Deep', nesting: 'list' } } } as const;
const part: Part = {
  schema: {
    type: 'object',
    properties: {
      once: { $ref: '#/$defs/Inner', nesting: 'list' },
      many: { type: 'array', nesting: 'list', items: { $ref: '#/$defs/Inner' }, minItems: 2 },
      map: { type: ['object', 'string'], expression: 'map' },
    },
  },
  root: { $id: 'test', $defs: { Inner: inner, Deep: { type: 'object', properties: {} } } },
};

const cases = [
  {
    name: 'a block that occurs once',
    in: { dynamic: { once: [{ for_each: [1], content: { a: 1 } }] } },
    out: { once: { a: 1 } },
  },
  {
    name: 'blocks behind those that are written out, as many as must be there',
    in: { many: [{ a: 1 }], dynamic: { many: { for_each: [1], content: { b: 2 } } } },
    out: { many: [{ a: 1 }, { b: 2 }] },
  },
  {
    name: 'a dynamic block alone, as many times as must be there',
    in: { dynamic: { many: { for_each: [1], content: { b: 2 } } } },
    out: { many: [{ b: 2 }, { b: 2 }] },
  },
  {
    name: 'a dynamic block inside another',
    in: {
      dynamic: { once: { for_each: [1], content: { dynamic: { deep: { for_each: [1], content: {} } } } } },
    },
    out: { once: { deep: {} } },
  },
  {
    name: 'data that looks like one',
    in: { map: { dynamic: { x: {} } } },
    out: { map: { dynamic: { x: {} } } },
  },
  {
    name: 'both forms of a block that occurs once',
    in: { once: { a: 1 }, dynamic: { once: { for_each: [1], content: {} } } },
    out: { once: [{ a: 1 }, {}] },
  },
];

test.each(cases)('expands $name', ({ in: body, out }) => {
  expect(expandDynamic(body, part).body).toEqual(out);
});

it('returns a body without dynamic blocks as it is', () => {
  const body = { once: { deep: {} }, many: [{ a: 1 }, { b: 2 }] };
  expect(expandDynamic(body, part).body).toBe(body);
});

it('knows where in the file the parts of dynamic blocks stand', () => {
  const content = { dynamic: { deep: [{ for_each: [1], content: { x: 1 } }] } };
  const { written } = expandDynamic({ many: [{}], dynamic: { many: [{ for_each: [1], content }] } }, part);
  expect(written(['many', 0, 'a'])).toEqual(['many', 0, 'a']);
  expect(written(['many', 1, 'a'])).toEqual(['dynamic', 'many', 0, 'content', 'a']);
  expect(written(['many', 1, 'deep', 'x'])).toEqual([
    'dynamic',
    'many',
    0,
    'content',
    'dynamic',
    'deep',
    0,
    'content',
    'x',
  ]);
});
