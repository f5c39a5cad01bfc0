import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type Nesting, type ValueFormat } from './recorded-schema';

/** The kinds of blocks that providers define. */
export const providedKinds = ['resource', 'data', 'ephemeral'] as const;
export type ProvidedKind = (typeof providedKinds)[number];

/** The type that an expression in an argument's place must have. */
export type ExpressionKind =
  'string' | 'number' | 'bool' | 'list' | 'set' | 'map' | 'object' | 'tuple' | 'dynamic';

/**
 * JSON Schema (draft 7) of an argument, a nested block or a whole block, as `blocks.schema.json` holds it, with these
 * keywords besides the standard ones.
 */
export interface PartSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, PartSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | PartSchema;
  readonly items?: PartSchema | readonly PartSchema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly deprecated?: true;
  /** Only the provider gives a value. */
  readonly readOnly?: true;
  /** Given to the provider, not kept, and so never read. */
  readonly writeOnly?: true;
  /** The provider gives a value where none is written. */
  readonly computed?: true;
  readonly sensitive?: true;
  /** What Kubernetes takes here, besides expressions. */
  readonly accepts?: ValueFormat;
  /** The only texts that Kubernetes takes here, besides expressions. */
  readonly choices?: readonly string[];
  /** No two blocks of the list agree in all of these arguments. */
  readonly keys?: readonly string[];
  /** This is an attribute; a string in its place is an expression of the kind named here. */
  readonly expression?: ExpressionKind;
  /** This is a nested block, and Terraform reads it this way. */
  readonly nesting?: Nesting;
}

/** Definitions that refer to each other. */
export interface Definitions {
  readonly $id: string;
  readonly $defs: Readonly<Record<string, PartSchema>>;
}

/** What `blocks.schema.json` of a provider holds. */
export interface BlocksSchema extends Definitions {
  /** Kind → type → the name of its definition; `provider` has one definition. */
  readonly blocks: Readonly<Record<ProvidedKind, Readonly<Record<string, string>>>>;
}

/** The definition of a provider's own configuration. */
export const configurationPart = 'Provider';

const loaded = new Map<string, BlocksSchema>();

/** The recorded blocks of a provider of the manifest. Read once, when first asked for. */
export function blocksSchema(provider: string): BlocksSchema {
  const known = loaded.get(provider);
  if (known !== undefined) return known;
  const file = join(__dirname, 'generated', provider, 'blocks.schema.json');
  const schema = JSON.parse(readFileSync(file, 'utf8')) as BlocksSchema;
  loaded.set(provider, schema);
  return schema;
}

/** The definition that a `$ref` leads to, or the schema itself. */
export function followReference(schema: PartSchema, root: Definitions): PartSchema {
  if (schema.$ref === undefined) return schema;
  const part = root.$defs[schema.$ref.slice('#/$defs/'.length)];
  if (part === undefined) throw new Error(`${root.$id} has no ${schema.$ref}`);
  return part;
}
