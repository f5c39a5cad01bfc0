import { readFileSync } from 'node:fs';
import { type JSONSchema, compile } from 'json-schema-to-typescript';
import { type Files } from './generate';

/** A JSON Schema of which only what is looked at here is typed. */
type Schema = { readonly [keyword: string]: unknown };

/** Talos' JSON Schema of a machine configuration: every document and each of its parts stands in `$defs`. */
export interface RecordedMachineConfig {
  readonly $schema: string;
  readonly $id: string;
  readonly $defs: Readonly<Record<string, Schema>>;
}

/** The documents in use and what they are made of, as ajv compiles them. */
export interface PrunedMachineConfig extends RecordedMachineConfig {
  readonly oneOf: readonly { readonly $ref: string }[];
}

/** Which recorded schema is wanted, and which of its documents. */
export interface WantedMachineConfig {
  readonly version: string;
  readonly documents: Readonly<Record<string, string>>;
}

/** What a file says first: what made it, from what, and how to make it again. */
const made = (version: string) =>
  `Made by tools/sync-schemas from Talos' JSON Schema of a machine configuration, version ${version}; npm run sync-schemas makes it again.`;

/** The name of the recorded schema: Talos publishes it as `config.schema.json` of each version. */
export const recordedMachineConfig = (version: string): string => `talos-machine-config-${version}.json`;

/**
 * The pruned schema of the machine configuration's documents, and their types.
 *
 * @param recorded the file with Talos' recorded schema
 */
export async function generateMachineConfig(recorded: string, wanted: WantedMachineConfig): Promise<Files> {
  const whole: RecordedMachineConfig = JSON.parse(readFileSync(recorded, 'utf8'));
  const schema = pruneMachineConfig(whole, wanted.documents);
  const commented = { $comment: made(wanted.version), ...schema };
  return {
    'schema.json': `${JSON.stringify(commented, null, 1)}\n`,
    'documents.ts': `// ${made(wanted.version)}\n\n${await machineConfigTypes(schema)}`,
  };
}

/**
 * Reduces the recorded schema to the documents in use.
 *
 * @param recorded Talos' `config.schema.json`
 * @param wanted the name of each generated type → the name of the document in the schema
 * @throws Error naming the documents that the recorded schema does not have
 */
export function pruneMachineConfig(
  recorded: RecordedMachineConfig,
  wanted: Readonly<Record<string, string>>,
): PrunedMachineConfig {
  const missing = Object.values(wanted).filter((name) => !(name in recorded.$defs));
  if (missing.length > 0) throw new Error(`${recorded.$id} has no ${missing.join(', ')}`);
  const reached = [...reach(recorded.$defs, Object.values(wanted), new Set())].sort();
  return {
    $schema: recorded.$schema,
    $id: recorded.$id,
    oneOf: Object.values(wanted).map((name) => ({ $ref: `#/$defs/${name}` })),
    $defs: Object.fromEntries(
      reached.map((name) => [name, { title: titleOf(name, wanted), ...open(recorded.$defs[name] ?? {}) }]),
    ),
  };
}

/** The named definitions and everything that they refer to. */
function reach(
  $defs: RecordedMachineConfig['$defs'],
  names: readonly string[],
  reached: Set<string>,
): Set<string> {
  for (const name of names.filter((one) => !reached.has(one))) {
    reached.add(name);
    const references = JSON.stringify($defs[name]).matchAll(/"\$ref":"#\/\$defs\/([^"]+)"/g);
    reach(
      $defs,
      [...references].map(([, to = '']) => to),
      reached,
    );
  }
  return reached;
}

/** `network.AddressConfig` → `AddressConfig`, unless the manifest chose a name. */
function titleOf(name: string, wanted: Readonly<Record<string, string>>): string {
  const chosen = Object.entries(wanted).find(([, document]) => document === name)?.[0];
  return chosen ?? name.replace(/^[^.]*\./, '').replace(/V1Alpha1$/, '');
}

/**
 * Says in JSON Schema's plainest words which objects take any key, which the type compiler then understands:
 * `patternProperties: { '.*': S }` → `additionalProperties: S`, and `{ type: 'object' }` → `additionalProperties: true`.
 */
function open(schema: Schema): Schema {
  const { patternProperties, ...rest } = schema;
  const inside = Object.fromEntries(
    Object.entries(rest).map(([keyword, value]) => [keyword, openInside(keyword, value)]),
  );
  const every = isSchema(patternProperties) ? patternProperties['.*'] : undefined;
  if (isSchema(every)) return { ...inside, additionalProperties: open(every) };
  return schema['type'] === 'object' && !('properties' in schema) && !('additionalProperties' in schema)
    ? { ...inside, additionalProperties: true }
    : inside;
}

function openInside(keyword: string, value: unknown): unknown {
  if (keyword === 'properties' && isSchema(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, isSchema(one) ? open(one) : one]),
    );
  }
  if (Array.isArray(value)) return value.map((one: unknown) => (isSchema(one) ? open(one) : one));
  return isSchema(value) ? open(value) : value;
}

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** TypeScript types of the documents; `MachineDocument` is any of them. */
export async function machineConfigTypes(schema: PrunedMachineConfig): Promise<string> {
  // The compiler resolves references in place, so it gets a copy.
  const copy: JSONSchema = JSON.parse(JSON.stringify({ ...schema, title: 'MachineDocument' }));
  return compile(copy, 'MachineDocument', {
    bannerComment: '',
    additionalProperties: false,
    style: { singleQuote: true, printWidth: 110 },
  });
}
