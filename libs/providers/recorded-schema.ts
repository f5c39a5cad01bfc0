import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** A type in Terraform's type system, as providers declare it: `"string"`, `["list", "string"]`, `["object", {…}]`. */
export type CtyType =
  | 'string'
  | 'number'
  | 'bool'
  | 'dynamic'
  | readonly ['list' | 'set' | 'map', CtyType]
  | readonly ['object', Readonly<Record<string, CtyType>>, (readonly string[])?]
  | readonly ['tuple', readonly CtyType[]];

/** How often a nested block or a nested object occurs, and how Terraform reads it back. */
export type Nesting = 'single' | 'group' | 'list' | 'set' | 'map';

export interface AttributeSchema {
  readonly type?: CtyType;
  readonly nested_type?: NestedTypeSchema;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly write_only?: boolean;
  readonly deprecated?: boolean;
  /** What Kubernetes takes as its value, or as each item of it; Terraform prints no such thing. */
  readonly accepts?: AcceptedValue;
}

/** What the system behind a provider takes, where that is less than the type says. */
export interface AcceptedValue {
  readonly format?: ValueFormat;
  readonly choices?: readonly string[];
}

/** `int32` and `int64` are numbers, the others texts. */
export type ValueFormat = 'int32' | 'int64' | 'int32-text' | 'int64-text' | 'quantity' | 'date-time';

/** An attribute made of attributes; unlike a nested block it may be given by one expression. */
export interface NestedTypeSchema {
  readonly nesting_mode: Nesting;
  readonly attributes: Readonly<Record<string, AttributeSchema>>;
}

export interface BlockSchema {
  readonly attributes?: Readonly<Record<string, AttributeSchema>>;
  readonly block_types?: Readonly<Record<string, NestedBlockSchema>>;
  readonly deprecated?: boolean;
}

export interface NestedBlockSchema {
  readonly nesting_mode: Nesting;
  readonly min_items?: number;
  readonly max_items?: number;
  /** The arguments by which Kubernetes tells the blocks apart; Terraform prints no such thing. */
  readonly keys?: readonly string[];
  readonly block: BlockSchema;
}

export interface VersionedBlockSchema {
  readonly version: number;
  readonly block?: BlockSchema;
}

/** One provider's part of what `terraform providers schema -json` prints. */
export interface ProviderSchema {
  readonly provider: VersionedBlockSchema;
  readonly resource_schemas?: Readonly<Record<string, VersionedBlockSchema>>;
  readonly data_source_schemas?: Readonly<Record<string, VersionedBlockSchema>>;
  readonly ephemeral_resource_schemas?: Readonly<Record<string, VersionedBlockSchema>>;
}

/** What `terraform providers schema -json` prints: https://developer.hashicorp.com/terraform/cli/commands/providers/schema */
export interface RecordedSchema {
  /** What made the file; Terraform itself prints no such thing. */
  readonly '//'?: string;
  readonly format_version: string;
  readonly provider_schemas: Readonly<Record<string, ProviderSchema>>;
}

/**
 * Reads a recorded schema, whole or pruned, plain or compressed (`.json.gz`).
 *
 * @throws SyntaxError when the file is not JSON, TypeError when it is JSON of another kind
 */
export function readRecordedSchema(file: string): RecordedSchema {
  const bytes = readFileSync(file);
  const json: unknown = JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
  if (typeof json !== 'object' || json === null || !('provider_schemas' in json)) {
    throw new TypeError(
      `${file} must be the output of "terraform providers schema -json", but has no provider_schemas`,
    );
  }
  return json as RecordedSchema;
}

/**
 * One provider's schema.
 *
 * @param source the provider's address as required_providers names it; Terraform prints it in lower case and whole
 * @returns undefined when the recorded schema is of other providers
 */
export function schemaOf(recorded: RecordedSchema, source: string): ProviderSchema | undefined {
  return recorded.provider_schemas[wholeSource(source)];
}

/** `LukasKnuth/gotify` → `registry.terraform.io/lukasknuth/gotify`, which is how Terraform prints a source. */
export function wholeSource(source: string): string {
  return (source.split('/').length < 3 ? `registry.terraform.io/${source}` : source).toLowerCase();
}
