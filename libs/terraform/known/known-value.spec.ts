import {
  type Block,
  dataBlock,
  dynamicBlock,
  expressionsIn,
  jsonencode,
  knownValue,
  locals,
  output,
  raw,
  reference,
  resolve,
  resourceBlock,
  tf,
  variable,
} from '..';
import { isPortable } from './known-value';

interface Named {
  readonly id: string;
  readonly metadata: readonly { name: string; labels: Readonly<Record<string, string>> }[];
}
const namespace = resourceBlock<Named>('kubernetes_namespace_v1', 'apps', {
  metadata: { name: 'apps', labels: { tier: 'app', owner: raw('var.owner') } },
});
const name = namespace.ref.metadata[0]?.name;
const app = resourceBlock<Named>('kubernetes_service_v1', 'web', {
  metadata: [{ name: tf`${name}-web`, labels: { namespace: name } }],
  spec: {
    port: [{ port: 80 }, dynamicBlock('p', raw<number[]>('var.ports'), () => ({ port: 1 }))],
    none: null,
  },
});

it.each<[Block, (string | number)[], unknown]>([
  [namespace, ['metadata', 0, 'name'], { value: 'apps' }],
  [namespace, ['metadata', 0, 'labels'], { value: expect.objectContaining({ tier: 'app' }) as unknown }],
  [namespace, ['metadata', 0, 'labels', 'tier'], { value: 'app' }],
  [app, ['metadata', 0, 'labels', 'namespace'], { value: name }],
  [namespace, ['metadata', 1, 'name'], undefined],
  [namespace, ['id'], undefined],
  [namespace, [], undefined],
  [namespace, ['metadata', 0, 'toString'], undefined],
  [app, ['spec', 0, 'port', 0, 'port'], undefined],
  [app, ['spec', 0, 'port'], undefined],
  [app, ['spec', 0, 'none'], undefined],
  [resourceBlock('terraform_data', 'a', { for_each: ['x'], input: 'a' }), ['input'], undefined],
  [resourceBlock('terraform_data', 'a', { count: 2, input: 'a' }), [0, 'input'], undefined],
  [dataBlock('http', 'a', { url: 'a' }), ['url'], undefined],
  [variable('a', { default: 'b' }), [], undefined],
  [output('a', 'b'), [], { value: 'b' }],
  [output('a', { b: ['c'] }), ['b', 0], { value: 'c' }],
  [locals({ a: { b: 1 } }), ['a', 'b'], { value: 1 }],
])('knows of an attribute what the description says: case %#', (block, path, known) => {
  expect(knownValue(block, path)).toEqual(known);
});

it('follows a reference into the block that it leads to', () => {
  const through = resourceBlock<{ copied: Named }>('terraform_data', 'a', { copied: namespace.ref });
  expect(resolve(through.ref.copied.metadata[0]?.name)).toBe('apps');
});

it('replaces what is known, and nothing else', () => {
  const unknown = raw<string>('var.owner');
  const made = dynamicBlock('e', ['a'], () => ({ name }));
  const tree = {
    a: name,
    b: [name, unknown],
    c: tf`${name}.svc`,
    d: tf`${name}-${unknown}`,
    e: made,
    f: jsonencode(name),
    g: 1,
  };
  expect(resolve(tree)).toEqual({ ...tree, a: 'apps', b: ['apps', unknown], c: 'apps.svc' });
  expect(resolve(tree)).toHaveProperty('e', made);
  expect(resolve(app.body['metadata'])).toEqual([{ name: 'apps-web', labels: { namespace: 'apps' } }]);
});

it('keeps what it does not change as the same object', () => {
  const plain = { a: [{ b: 1 }] };
  const tree = { plain, a: name };
  expect(resolve(plain)).toBe(plain);
  expect(resolve(tree)).toHaveProperty('plain', plain);
  expect(tree.a).toBe(name);
});

it('finds every expression and where it stands', () => {
  const unknown = raw('a');
  const made = dynamicBlock('e', raw<string[]>('a'), (each) => ({ name: each.key }));
  const found = expressionsIn({ a: [1, { b: unknown }], env: [made], block: namespace, none: null });
  expect(found.map(({ path, inDynamic }) => [path.join('.'), inDynamic])).toEqual([
    ['a.1.b', false],
    ['env.0.for_each', true],
    ['env.0.name', true],
  ]);
});

it.each<[unknown, boolean]>([
  ['text', true],
  [{ a: [name] }, true],
  [tf`a${name}`, true],
  [jsonencode({ a: name }), true],
  [raw('max(1, 2)'), true],
  [reference('each'), false],
  [tf`${reference<{ key: string }>('each').key}`, false],
  [raw('path.module'), false],
  [raw('a[0]'), false],
  [jsonencode({ a: raw('each.key') }), false],
])('knows what means the same in another stack: case %#', (value, portable) => {
  expect(isPortable(value)).toBe(portable);
});
