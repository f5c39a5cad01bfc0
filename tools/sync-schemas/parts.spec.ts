import { type BlockSchema, type NestedBlockSchema } from '@home/providers';
import { findParts, fingerprint, lastStep, nameParts, wantedBlocks } from './parts';

const nested = (block: BlockSchema): NestedBlockSchema => ({ nesting_mode: 'list', block });
/** A part that differs from others by one attribute. */
const part = (attribute: string, block_types: BlockSchema['block_types'] = {}): BlockSchema => ({
  attributes: { [attribute]: { type: 'string', optional: true } },
  block_types,
});

const cases: {
  name: string;
  in: Record<string, BlockSchema>;
  given?: Record<string, string>;
  out: Record<string, string>;
}[] = [
  {
    name: 'a part after its block',
    in: { Pod: part('a', { volume_mount: nested(part('b')) }) },
    out: { 'pod.volume_mount': 'VolumeMount' },
  },
  {
    name: 'alike parts once',
    in: { Pod: part('a', { spec: nested(part('b')) }), Job: part('c', { spec: nested(part('b')) }) },
    out: { 'pod.spec': 'Spec', 'job.spec': 'Spec' },
  },
  {
    name: 'different parts after what is around them',
    in: { Pod: part('a', { spec: nested(part('b')) }), Job: part('c', { spec: nested(part('d')) }) },
    out: { 'pod.spec': 'PodSpec', 'job.spec': 'JobSpec' },
  },
  {
    name: 'different parts deeper inside after the part around them',
    in: {
      Pod: part('a', { container: nested(part('b', { port: nested(part('c')) })) }),
      Service: part('d', { port: nested(part('e')) }),
    },
    out: {
      'pod.container': 'Container',
      'pod.container.port': 'ContainerPort',
      'service.port': 'ServicePort',
    },
  },
  {
    name: 'alike parts of different blocks by the words in which their names end',
    in: { Pod: part('a', { liveness_probe: nested(part('b')), startup_probe: nested(part('b')) }) },
    out: { 'pod.liveness_probe': 'Probe', 'pod.startup_probe': 'Probe' },
  },
  {
    name: 'alike parts of blocks that have nothing else in common, each after its block',
    in: { Pod: part('a', { os: nested(part('b')), image_pull_secrets: nested(part('b')) }) },
    out: { 'pod.os': 'Os', 'pod.image_pull_secrets': 'ImagePullSecrets' },
  },
  {
    name: 'a part that the manifest names',
    in: { Pod: part('a', { post_start: nested(part('b')), pre_stop: nested(part('b')) }) },
    given: { Handler: 'pod.pre_stop' },
    out: { 'pod.post_start': 'Handler', 'pod.pre_stop': 'Handler' },
  },
  {
    name: 'no part like a block, or like a type of TypeScript',
    in: { Pod: part('a', { job: nested(part('b')), object: nested(part('c')) }), Job: part('d') },
    out: { 'pod.job': 'PodJob', 'pod.object': 'PodObject' },
  },
];

test.each(cases)('names $name', ({ in: blocks, given, out }) => {
  const wanted = Object.entries(blocks).map(
    ([name, schema]) => ({ kind: 'resource', type: name.toLowerCase(), name, schema }) as const,
  );
  const parts = findParts(wanted);
  const { nameOf, unplaced } = nameParts(parts, wanted, given);
  const names = [...parts].flatMap(([found, paths]) =>
    paths.map((path) => [path, nameOf(found, lastStep(path))] as const),
  );
  expect(Object.fromEntries(names)).toEqual(out);
  expect(unplaced).toEqual([]);
});

it('tells of a name whose place does not exist', () => {
  expect(nameParts(new Map(), [], { PodSpec: 'pod.sepc' }).unplaced).toEqual(['PodSpec']);
});

it('tells apart parts that differ in a mark only', () => {
  const marked = { attributes: { a: { type: 'string', optional: true, sensitive: true } } } as const;
  expect(fingerprint(part('a'))).not.toBe(fingerprint({ ...part('a'), ...marked }));
});

it("leaves a part the name that the manifest gives it, and calls a block like it by its provider's name too", () => {
  const schemas = { home_env: { version: 0, block: {} }, home_pod: { version: 0, block: {} } };
  const blocks = wantedBlocks(
    { provider: { version: 0, block: {} }, resource_schemas: schemas },
    'home',
    new Set(['Env']),
  );
  expect(blocks.map(({ name }) => name)).toEqual(['Provider', 'HomeEnv', 'Pod']);
});
