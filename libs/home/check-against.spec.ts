import { formatProblem, tf } from '@home/terraform';
import { checkAgainst } from './check-against';

const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['image'],
  properties: {
    image: { type: 'string', format: 'pinned-image', must: 'must pin a version', expression: true },
    memory: {
      type: 'string',
      format: 'memory',
      must: 'must be an amount of memory',
      remedy: 'Write "64Mi"',
    },
    health: { type: 'string', maxLength: 20 },
    addresses: {
      type: 'object',
      additionalProperties: false,
      minProperties: 1,
      must: 'must hold v4 or v6',
      remedy: 'Write one of them',
      properties: { v4: { type: 'string' }, v6: { type: 'string' } },
    },
    env: {
      type: 'object',
      additionalProperties: {
        must: 'must be text, a number, true, false, or a key of a Secret',
        remedy: 'Write { secret: "…" }',
        anyOf: [
          { type: ['string', 'number', 'boolean'], expression: true },
          {
            type: 'object',
            additionalProperties: false,
            required: ['secret'],
            properties: { secret: { type: 'string' } },
          },
        ],
      },
    },
  },
};

const problemsOf = (given: object): string[] => checkAgainst(schema, 'notes', given).map(formatProblem);
const image = 'example.org/notes:1.0';

it.each<[string, object]>([
  ['what is written down', { image, memory: '64Mi', env: { PORT: 80, TOKEN: { secret: 'key' } } }],
  ['an expression in the place of a string', { image: tf`example.org/notes:${'1.0'}`, env: { URL: tf`x` } }],
  [
    'what is left out as undefined',
    { image, health: undefined, addresses: { v4: '10.0.0.1', v6: undefined } },
  ],
  ['a variable that is left out as undefined', { image, env: { PORT: undefined } }],
])('takes %s', (_, given) => {
  expect(problemsOf(given)).toEqual([]);
});

it.each<[string, object, string]>([
  ['is missing', { image: undefined }, 'image must be there. Add it.'],
  ['is misspelt', { image, healht: '/' }, 'healht must be a known name. Did you mean health?'],
  ['is missing because it is misspelt', { imge: image }, 'imge must be a known name. Did you mean image?'],
  [
    'is unknown',
    { image, colour: 'red' },
    'colour must be a known name. Use one of image, memory, health, addresses, env.',
  ],
  [
    'is empty but for what is undefined',
    { image, addresses: { v4: undefined } },
    'addresses {} must hold v4 or v6. Write one of them.',
  ],
  ['is malformed', { image, memory: '64 MB' }, 'memory "64 MB" must be an amount of memory. Write "64Mi".'],
  [
    'is too long for a schema that has no words for it',
    { image, health: '/'.repeat(21) },
    `health "${'/'.repeat(21)}" must satisfy "maxLength": 20. Correct it.`,
  ],
  ['is a number beyond JSON', { image, health: 5n }, 'health 5 must be text. Write it in quotes.'],
  [
    'is computed where it must be known',
    { image, health: tf`/` },
    'health (an expression) must be text. Write it in quotes.',
  ],
  [
    'is wrong in the branch that was meant',
    { image, env: { 'A.B': { secret: 5 } } },
    'env["A.B"].secret 5 must be text. Write it in quotes.',
  ],
  [
    'is of no branch',
    { image, env: { A: ['b'] } },
    'env.A ["b"] must be text, a number, true, false, or a key of a Secret. Write { secret: "…" }.',
  ],
])('tells in one line what %s', (_, given, problem) => {
  expect(problemsOf(given)).toEqual([`notes: ${problem}`]);
});

it('ends at what holds itself', () => {
  const circle: Record<string, unknown> = { secret: 'a' };
  circle['secret'] = circle;
  expect(problemsOf({ image, env: { A: circle } })).toEqual([
    expect.stringMatching(/^notes: env\.A\.secret .* must be text/),
  ]);
});
