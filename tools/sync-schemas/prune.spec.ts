import { type ProviderSchema, type WantedProvider } from '@home/providers';
import { prune } from './prune';

const wanted: WantedProvider = { source: 'a/b', resources: ['b_x'], dataSources: [], ephemeralResources: [] };
const empty = { version: 0, block: { attributes: {}, block_types: {} } };
const pruned = (resource: object, provider: object = empty): ProviderSchema => ({
  provider: provider as ProviderSchema['provider'],
  resource_schemas: { b_x: resource as ProviderSchema['provider'] },
  data_source_schemas: {},
  ephemeral_resource_schemas: {},
});

const cases: { name: string; in: object; out: ProviderSchema }[] = [
  {
    name: 'leaves out what is not wanted',
    in: {
      provider: empty,
      resource_schemas: { b_x: empty, b_y: empty },
      data_source_schemas: { b_z: empty },
    },
    out: pruned(empty),
  },
  {
    name: 'leaves out descriptions, but no attribute that is called so',
    in: {
      provider: empty,
      resource_schemas: {
        b_x: {
          version: 1,
          block: {
            description: 'An x.',
            description_kind: 'plain',
            attributes: {
              description: { type: 'string', description: 'Its text.', optional: true, computed: false },
            },
          },
        },
      },
    },
    out: pruned({
      version: 1,
      block: { attributes: { description: { type: 'string', optional: true } }, block_types: {} },
    }),
  },
  {
    name: 'sorts names at any depth',
    in: {
      provider: empty,
      resource_schemas: {
        b_x: {
          version: 0,
          block: {
            attributes: {
              b: { type: ['list', ['object', { d: 'string', c: 'number' }]], computed: true },
              a: {
                nested_type: {
                  attributes: { z: { type: 'bool' }, y: { type: 'bool' } },
                  nesting_mode: 'map',
                },
              },
            },
            block_types: { f: { block: {}, nesting_mode: 'set', max_items: 1, min_items: 0 } },
          },
        },
      },
    },
    out: pruned({
      version: 0,
      block: {
        attributes: {
          a: {
            nested_type: { nesting_mode: 'map', attributes: { y: { type: 'bool' }, z: { type: 'bool' } } },
          },
          b: { type: ['list', ['object', { c: 'number', d: 'string' }]], computed: true },
        },
        block_types: { f: { nesting_mode: 'set', max_items: 1, block: { attributes: {}, block_types: {} } } },
      },
    }),
  },
  {
    name: 'requires nothing of a provider’s configuration, which may come from the environment',
    in: {
      provider: {
        version: 0,
        block: { attributes: { key: { type: 'string', required: true, sensitive: true } } },
      },
      resource_schemas: { b_x: empty },
    },
    out: pruned(empty, {
      version: 0,
      block: { attributes: { key: { type: 'string', optional: true, sensitive: true } }, block_types: {} },
    }),
  },
];

test.each(cases)('$name', ({ in: recorded, out }) => {
  const made = prune(recorded as ProviderSchema, wanted);
  // The order of names counts, since the files must not change with it.
  expect(JSON.stringify(made.pruned)).toBe(JSON.stringify(out));
  expect(made.missing).toEqual([]);
});

it('tells what is wanted and missing, and what may be meant', () => {
  const recorded = { provider: empty, resource_schemas: { b_xx: empty } };
  expect(prune(recorded, wanted).missing).toEqual([{ what: 'resource b_x', nearest: 'b_xx' }]);
});
