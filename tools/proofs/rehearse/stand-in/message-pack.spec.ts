import { Dynamic, Unknown, type Wire, dynamic, hasUnknown, pack, unknown, unpack } from './message-pack';

const hex = (value: Wire) => Buffer.from(pack(value).msgpack).toString('hex');
const fromHex = (text: string) => unpack({ msgpack: Buffer.from(text, 'hex') });

it.each<[string, Wire, string]>([
  ['null', null, 'c0'],
  ['a text', 'abc', 'a3616263'],
  ['a whole number', 80, '50'],
  ['a list and its order', ['b', 'a'], '92a162a161'],
  ['an object', { enabled: true }, '81a7656e61626c6564c3'],
  ['what is not known yet', unknown, 'd40000'],
  ['something unknown deep inside', { id: [unknown] }, '81a2696491d40000'],
])('writes %s as terraform does, and reads it again', (_what, value, bytes) => {
  expect(hex(value)).toBe(bytes);
  expect(fromHex(bytes)).toEqual(value);
});

it('gives back what terraform knows about an unknown value', () => {
  // Extension 12 with {1: false}: certainly not null.
  const refined = fromHex('c7030c8101c2');
  expect(refined).toBeInstanceOf(Unknown);
  expect(hex(refined)).toBe('c7030c8101c2');
  expect(hasUnknown({ metadata: [{ name: refined }] })).toBe(true);
});

it('keeps the digits of numbers that JavaScript would round', () => {
  expect(fromHex('cf7fffffffffffffff')).toBe('9223372036854775807');
  expect(fromHex('d300000000000003e8')).toBe(1000);
});

it('carries the type of a value whose type no schema fixes', () => {
  const objects = dynamic([{ name: 'gotify', ready: true }]);
  expect(objects.type).toEqual(['tuple', [['object', { name: 'string', ready: 'bool' }]]]);
  expect(unpack(pack(objects))).toEqual(objects);
  expect(JSON.parse(JSON.stringify(objects))).toEqual({ type: objects.type, value: objects.value });
});

it('takes an absent value for null', () => {
  expect(unpack(null)).toBeNull();
  expect(unpack({ msgpack: new Uint8Array() })).toBeNull();
  expect(hasUnknown(new Dynamic('string', unknown))).toBe(true);
});
