import type { ApiSchema, BlockSchema, KubernetesApi } from '@home/providers';
import { withAcceptedValues } from './accepted-values';

const text: ApiSchema = { type: 'string' };

/** An API with one kind. */
const api = (
  properties: Readonly<Record<string, ApiSchema>>,
  required: readonly string[] = [],
): KubernetesApi => ({
  '//': '',
  version: '1.35',
  kinds: { 'v1 Thing': 'api.Thing' },
  definitions: {
    'api.Thing': { properties, required },
    'api.Part': {
      properties: { name: text, mode: { type: 'integer', format: 'int32' } },
      required: ['name'],
    },
    'api.Quantity': { type: 'string', format: 'quantity' },
  },
});

const optional = { type: 'string', optional: true } as const;
const part: BlockSchema = { attributes: { name: optional, mode: optional }, block_types: {} };
const demanded = {
  attributes: { ...part.attributes, name: { ...optional, required: true } },
  block_types: {},
};

const cases: { name: string; api: KubernetesApi; block: BlockSchema; out: BlockSchema }[] = [
  {
    name: 'the texts that a field takes',
    api: api({ policy: { ...text, enum: ['A', 'B'] } }),
    block: { attributes: { policy: optional } },
    out: { attributes: { policy: { ...optional, accepts: { choices: ['A', 'B'] } } } },
  },
  {
    name: 'the texts that each item takes',
    api: api({ accessModes: { items: { ...text, enum: ['A'] } } }),
    block: { attributes: { access_modes: { type: ['set', 'string'], optional: true } } },
    out: {
      attributes: { access_modes: { type: ['set', 'string'], optional: true, accepts: { choices: ['A'] } } },
    },
  },
  {
    name: 'numbers, also where the provider writes them as text',
    api: api({ count: { type: 'integer', format: 'int32' }, seconds: { type: 'integer', format: 'int64' } }),
    block: { attributes: { count: optional, seconds: { type: 'number', optional: true } } },
    out: {
      attributes: {
        count: { ...optional, accepts: { format: 'int32-text' } },
        seconds: { type: 'number', optional: true, accepts: { format: 'int64' } },
      },
    },
  },
  {
    name: 'amounts',
    api: api({ size: { $ref: 'api.Quantity' } }),
    block: { attributes: { size: optional } },
    out: { attributes: { size: { ...optional, accepts: { format: 'quantity' } } } },
  },
  {
    name: 'what must be there, and by what items are told apart; permissions stay octal',
    api: api({ parts: { items: { $ref: 'api.Part' }, keys: ['name'] } }, ['parts']),
    block: { block_types: { part: { nesting_mode: 'list', block: part } } },
    out: { block_types: { part: { nesting_mode: 'list', min_items: 1, keys: ['name'], block: demanded } } },
  },
  {
    name: 'fields that the provider keeps one block deeper',
    api: api({ part: { $ref: 'api.Part' } }),
    block: {
      block_types: {
        source: {
          nesting_mode: 'list',
          max_items: 1,
          block: { block_types: { part: { nesting_mode: 'list', max_items: 1, block: part } } },
        },
      },
    },
    out: {
      block_types: {
        source: {
          nesting_mode: 'list',
          max_items: 1,
          block: {
            attributes: {},
            block_types: { part: { nesting_mode: 'list', max_items: 1, block: demanded } },
          },
        },
      },
    },
  },
];

test.each(cases)('adds $name', ({ api, block, out }) => {
  const provider = { version: 0 };
  const given = { provider, resource_schemas: { kubernetes_thing_v1: { version: 0, block } } };
  const { resource_schemas } = withAcceptedValues(given, api);
  expect(resource_schemas).toEqual({
    kubernetes_thing_v1: { version: 0, block: { attributes: {}, block_types: {}, ...out } },
  });
});

it('leaves a resource alone that makes no object of Kubernetes', () => {
  const given = {
    provider: { version: 0 },
    resource_schemas: { kubernetes_labels: { version: 0, block: part } },
  };
  expect(withAcceptedValues(given, api({}))).toEqual(given);
});
