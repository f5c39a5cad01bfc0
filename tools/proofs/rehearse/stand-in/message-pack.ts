import type { CtyType } from '@home/providers';
import { ExtensionCodec, decode, encode } from '@msgpack/msgpack';

/**
 * A value that is not known before the apply. What terraform already knows about it (that it is not null, a prefix)
 * comes as a refinement and goes back as it came.
 */
export class Unknown {
  constructor(readonly refinement?: Uint8Array) {}
}

/** A value of an argument whose type is not fixed by the schema; it carries its type. Its JSON is that of a state file. */
export class Dynamic {
  constructor(
    readonly type: CtyType,
    readonly value: Wire,
  ) {}

  toJSON(): object {
    return { value: this.value, type: this.type };
  }
}

/** What goes over the wire between terraform and a provider. */
export type Wire = null | boolean | number | string | Unknown | Dynamic | readonly Wire[] | WireObject;
export interface WireObject {
  readonly [name: string]: Wire;
}

/** A value as it is packed in a message. */
export type Packed = { readonly msgpack?: Uint8Array; readonly json?: Uint8Array } | null;

export const unknown = new Unknown();

/** https://github.com/zclconf/go-cty/blob/main/docs/refinements.md tells how refined unknowns are written. */
const refinedExtension = 12;
const extensionCodec = new ExtensionCodec();
extensionCodec.register({
  type: 0,
  encode: (value) => (value instanceof Unknown && !value.refinement ? new Uint8Array(1) : null),
  decode: () => unknown,
});
extensionCodec.register({
  type: refinedExtension,
  encode: (value) => (value instanceof Unknown ? (value.refinement ?? null) : null),
  decode: (bytes) => new Unknown(bytes),
});

/** What terraform sent → a value. An absent message is null. */
export function unpack(message: Packed): Wire {
  if (!message?.msgpack?.length) return null;
  return fromPacked(decode(message.msgpack, { extensionCodec, useBigInt64: true }));
}

/** A value → what terraform expects. */
export function pack(value: Wire): { msgpack: Uint8Array } {
  return { msgpack: encode(toPacked(value), { extensionCodec }) };
}

function fromPacked(value: unknown): Wire {
  if (typeof value === 'bigint') {
    // A number that JavaScript would round travels as its digits, which is a number's other spelling on this wire.
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  }
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string')
    return value;
  if (value instanceof Unknown) return value;
  if (Array.isArray(value)) {
    const [type, inner]: unknown[] = value;
    if (type instanceof Uint8Array)
      return new Dynamic(JSON.parse(Buffer.from(type).toString()), fromPacked(inner));
    return value.map(fromPacked);
  }
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fromPacked(inner)]));
  throw new TypeError(`Terraform sent a value of type ${typeof value}, which its protocol lacks.`);
}

function toPacked(value: Wire): unknown {
  if (value instanceof Unknown || value === null || typeof value !== 'object') return value;
  if (value instanceof Dynamic) return [Buffer.from(JSON.stringify(value.type)), toPacked(value.value)];
  if (isList(value)) return value.map(toPacked);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toPacked(inner)]));
}

export const isList = (value: Wire | undefined): value is readonly Wire[] => Array.isArray(value);

/** The members of a list; none where there is no list. */
export const listOf = (value: Wire | undefined): readonly Wire[] => (isList(value) ? value : []);

/** Whether a value has named members: an object, a map, or a nested block that is there once. */
export const isObject = (value: Wire | undefined): value is WireObject =>
  typeof value === 'object' &&
  value !== null &&
  !isList(value) &&
  !(value instanceof Unknown) &&
  !(value instanceof Dynamic);

/** Whether any part of a value is unknown. */
export function hasUnknown(value: Wire): boolean {
  if (value instanceof Unknown) return true;
  if (value instanceof Dynamic) return hasUnknown(value.value);
  if (isList(value)) return value.some(hasUnknown);
  return isObject(value) && Object.values(value).some(hasUnknown);
}

/** A value with the type that it shows. */
export const dynamic = (value: Wire): Dynamic => new Dynamic(typeOf(value), value);

function typeOf(value: Wire): CtyType {
  if (isList(value)) return ['tuple', value.map(typeOf)];
  if (isObject(value))
    return ['object', Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, typeOf(inner)]))];
  if (typeof value === 'boolean') return 'bool';
  if (value === null) return 'dynamic';
  return typeof value === 'number' ? 'number' : 'string';
}
