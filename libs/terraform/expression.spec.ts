import {
  type Expression,
  type Value,
  isPublic,
  jsonencode,
  length,
  locals,
  output,
  publicText,
  raw,
  reference,
  resourceBlock,
  tf,
} from '.';
import { jsonOf } from './render/example-stacks';

interface Service {
  readonly id: string;
  readonly metadata: readonly { name: string; labels?: Readonly<Record<string, string>> }[];
  readonly spec: readonly { port: readonly { port: number; name?: string }[] }[];
  readonly status: { readonly ready: boolean };
}

const service = resourceBlock<Service>('kubernetes_service_v1', 'web', {});
const { ref } = service;

const valueOf = (value: unknown): unknown => {
  const json = jsonOf(service, output('o', value)) as { output: { o: { value: unknown } } };
  return json.output.o.value;
};

describe('a reference', () => {
  it.each<[unknown, string]>([
    [ref, '${kubernetes_service_v1.web}'],
    [ref.id, '${kubernetes_service_v1.web.id}'],
    [ref.metadata, '${kubernetes_service_v1.web.metadata}'],
    [ref.metadata[0]?.name, '${kubernetes_service_v1.web.metadata[0].name}'],
    [ref.spec[0]?.port[12]?.port, '${kubernetes_service_v1.web.spec[0].port[12].port}'],
    [ref.status.ready, '${kubernetes_service_v1.web.status.ready}'],
    [ref.metadata[0]?.labels['app'], '${kubernetes_service_v1.web.metadata[0].labels.app}'],
    [
      ref.metadata[0]?.labels['app.kubernetes.io/name'],
      '${kubernetes_service_v1.web.metadata[0].labels["app.kubernetes.io/name"]}',
    ],
    [ref.metadata[0]?.labels['${a}"'], '${kubernetes_service_v1.web.metadata[0].labels["$${a}\\""]}'],
    [ref.metadata[0]?.labels['0123'], '${kubernetes_service_v1.web.metadata[0].labels["0123"]}'],
    [
      ref.metadata[0]?.labels['12345678901234567890'],
      '${kubernetes_service_v1.web.metadata[0].labels["12345678901234567890"]}',
    ],
    [ref.metadata[0]?.labels['toString'], '${kubernetes_service_v1.web.metadata[0].labels.toString}'],
    [reference<{ key: string }>('each').key, '${each.key}'],
  ])('leads to any attribute: case %#', (value, expected) => {
    expect(valueOf(value)).toBe(expected);
  });

  it('says that it cannot be text in JavaScript', () => {
    const message =
      'kubernetes_service_v1.web.metadata.0.name is known only to Terraform and cannot be text in JavaScript. ' +
      'Put it in a template, tf`… ${reference} …`, or in a function of Terraform such as jsonencode.';
    const name = ref.metadata[0]?.name;
    expect(() => `${String(name)}`).toThrow(message);
    expect(() => [name].join()).toThrow(message);
    expect(() => JSON.stringify({ name })).toThrow(message);
  });
});

it.each([tf`a ${ref.id}`, jsonencode({}), raw('a.b')])(
  'no other expression can be text either: case %#',
  (made) => {
    const message = 'An expression is known only to Terraform and cannot be text in JavaScript.';
    expect(() => String(made)).toThrow(message);
    expect(() => JSON.stringify([made])).toThrow(message);
  },
);

it('lets the compiler tell types apart', () => {
  const labels: Value<Record<string, Value<string>>> = raw('merge(a, b)');
  const inside: Expression<string> = locals({ all: { name: tf`a` } }).ref.all.name;
  const port: Value<number> = ref.spec[0]?.port[0]?.port ?? 80;
  const ready: Value<boolean> = ref.status.ready;
  const count: Value<number> = length(ref.metadata);
  // @ts-expect-error a text is no number
  const text: Value<number> = ref.id;
  // @ts-expect-error a number is no text
  const number: Value<string> = ref.spec[0]?.port[0]?.port;
  // @ts-expect-error a template is text
  const template: Value<number> = tf`${ref.id}`;
  // @ts-expect-error there is no such attribute
  const missing: Value<string> = ref.metadata[0].nmae;
  // @ts-expect-error a list has no attributes
  const list: Value<string> = ref.metadata.name;
  // @ts-expect-error a whole block is no text
  const whole: Value<string> = ref;
  // @ts-expect-error a list is no part of a text
  const joined = tf`${ref.metadata}`;
  expect([
    port,
    ready,
    count,
    text,
    number,
    template,
    missing,
    list,
    whole,
    joined,
    labels,
    inside,
  ]).toHaveLength(12);
});

it.each<[unknown, unknown]>([
  [tf`a`, 'a'],
  [tf`${'a'}${1}${true}`, 'a1true'],
  [tf`http://${ref.id}:${80}/\${x}`, 'http://${kubernetes_service_v1.web.id}:80/$${x}'],
  [
    jsonencode([ref.id, { a: tf`b${ref.id}` }]),
    '${jsonencode([kubernetes_service_v1.web.id, { "a" = "b${kubernetes_service_v1.web.id}" }])}',
  ],
  [
    raw('max(', 1, ', ', ref.spec[0]?.port[0]?.port, ')'),
    '${max(1, kubernetes_service_v1.web.spec[0].port[0].port)}',
  ],
  [{ a: [null, true, 1.5, undefined], b: undefined }, { a: [null, true, 1.5, null] }],
])('renders value %#', (value, expected) => {
  expect(valueOf(value)).toEqual(expected);
});

it('takes for public what says so, and no other template', () => {
  expect([publicText('pk'), tf`pk`, raw('"pk"'), 'pk'].map(isPublic)).toEqual([true, false, false, false]);
});
