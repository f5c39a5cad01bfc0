import type { BlockSchema } from '@home/providers';
import { type WireObject, unknown } from './message-pack';
import { plan, settle } from './planning';
import { membersOf } from './schema';

const block: BlockSchema = {
  attributes: {
    id: { type: 'string', computed: true },
    secret_wo: { type: 'string', optional: true, write_only: true },
    kept: {
      nested_type: { nesting_mode: 'single', attributes: { at: { type: 'string', computed: true } } },
      computed: true,
    },
  },
  block_types: {
    metadata: {
      nesting_mode: 'list',
      block: {
        attributes: { name: { type: 'string', optional: true }, uid: { type: 'string', computed: true } },
      },
    },
    port: {
      nesting_mode: 'set',
      block: {
        attributes: {
          number: { type: 'number', required: true },
          opened: { type: 'number', computed: true },
        },
      },
    },
  },
};
const members = membersOf(block);
const made: WireObject = {
  id: 'made',
  secret_wo: null,
  kept: { at: 'noon' },
  metadata: [{ name: 'gotify', uid: '1' }],
  port: [{ number: 80, opened: 30080 }],
};
const nothing: WireObject = { id: null, secret_wo: null, kept: null, metadata: [], port: [] };

it('plans a new object: what only the provider knows is unknown, what is write-only is nothing', () => {
  const config = {
    ...nothing,
    secret_wo: 's',
    metadata: [{ name: 'gotify', uid: null }],
    port: [{ number: 80, opened: null }],
  };
  expect(plan('test_object', members, { prior: null, proposed: config, config }).state).toEqual({
    id: unknown,
    secret_wo: null,
    kept: unknown,
    metadata: [{ name: 'gotify', uid: unknown }],
    port: [{ number: 80, opened: unknown }],
  });
});

it('plans nothing for an object that is as it should be', () => {
  const proposed = { ...made, secret_wo: 's' };
  expect(plan('test_object', members, { prior: made, proposed, config: proposed })).toEqual({
    state: made,
    replace: [],
  });
});

it('asks only for what a new part of an object has to learn', () => {
  const port = [
    { number: 80, opened: 30080 },
    { number: 81, opened: null },
  ];
  const { state } = plan('test_object', members, { prior: made, proposed: { ...made, port }, config: made });
  expect(state['port']).toEqual([
    { number: 80, opened: 30080 },
    { number: 81, opened: unknown },
  ]);
});

it('settles what was unknown: by the configuration where it says something, else by making it up', () => {
  const planned = {
    ...made,
    id: unknown,
    kept: unknown,
    metadata: [{ name: unknown, uid: unknown }],
    port: [{ number: unknown, opened: unknown }],
  };
  const config = {
    ...nothing,
    metadata: [{ name: 'gotify', uid: null }],
    port: [{ number: 80, opened: null }],
  };
  expect(settle(members, planned, config, (path) => `made up ${path}`)).toEqual({
    id: 'made up id',
    secret_wo: null,
    kept: 'made up kept',
    metadata: [{ name: 'gotify', uid: 'made up metadata.uid' }],
    port: [{ number: 80, opened: 'made up port.opened' }],
  });
});

it('shows a changed machine configuration in the plan even where it is write-only', () => {
  const type = 'talos_machine_configuration_apply';
  const fields = [
    'machine_configuration',
    'machine_configuration_hash',
    'endpoint',
    'machine_configuration_input_wo',
    'node',
  ];
  const apply = membersOf({
    attributes: Object.fromEntries(
      fields.map((name) => [name, { type: 'string', computed: true, optional: true }]),
    ),
  });
  const config = (input: string) => ({ node: '10.0.0.1', machine_configuration_input_wo: input });
  const first = plan(type, apply, { prior: null, proposed: config('a'), config: config('a') }).state;
  const second = plan(type, apply, { prior: first, proposed: first, config: config('b') }).state;
  expect(first).toMatchObject({ endpoint: '10.0.0.1', machine_configuration: null });
  expect(second['machine_configuration_hash']).not.toEqual(first['machine_configuration_hash']);
});
