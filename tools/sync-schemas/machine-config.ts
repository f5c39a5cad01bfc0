import { readFileSync } from 'node:fs';
import { type JSONSchema, compile } from 'json-schema-to-typescript';
import { reachable } from './block-types';
import { type Files } from './generate';

/** Talos' JSON Schema of a machine configuration: every document and each of its parts stands in `$defs`. */
interface RecordedMachineConfig {
  readonly $schema: string;
  readonly $id: string;
  readonly $defs: Readonly<Record<string, object>>;
}

/** Which recorded schema is wanted, and which of its documents. */
export interface WantedMachineConfig {
  readonly version: string;
  readonly documents: Readonly<Record<string, string>>;
  /** The schema of each setting of the kubelet, which Talos' own schema leaves open. */
  readonly kubelet: Readonly<Record<string, object>>;
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
  const whole: RecordedMachineConfig = JSON.parse(readFileSync(recorded, 'utf8'), open);
  const schema = prune({ ...whole, $defs: withKubelet(whole.$defs, wanted) }, wanted.documents);
  const commented = { $comment: made(wanted.version), ...schema };
  return {
    'schema.json': `${JSON.stringify(commented, null, 1)}\n`,
    'documents.ts': `// ${made(wanted.version)}\n\n${await machineConfigTypes(schema)}`,
  };
}

/** Closes the one object that Talos hands on to the kubelet. */
function withKubelet($defs: RecordedMachineConfig['$defs'], { kubelet: properties }: WantedMachineConfig) {
  const [holder, settings] = ['v1alpha1.KubeletConfig', 'kubelet.KubeletSettings'];
  const { properties: others, ...rest } = ($defs[holder] ?? {}) as { readonly properties?: object };
  return {
    ...$defs,
    [holder]: { ...rest, properties: { ...others, extraConfig: { $ref: `#/$defs/${settings}` } } },
    [settings]: { type: 'object', additionalProperties: false, properties },
  };
}

/**
 * Reduces the recorded schema to the documents in use.
 *
 * @param wanted the name of each generated type → the name of the document in the schema
 * @throws Error naming the documents that the recorded schema does not have
 */
function prune({ $schema, $id, $defs }: RecordedMachineConfig, wanted: WantedMachineConfig['documents']) {
  const missing = Object.values(wanted).filter((name) => !(name in $defs));
  if (missing.length > 0) throw new Error(`${$id} has no ${missing.join(', ')}`);
  const reached = [...reachable($defs, Object.values(wanted))].sort();
  return {
    $schema,
    $id,
    oneOf: Object.values(wanted).map((name) => ({ $ref: `#/$defs/${name}` })),
    $defs: Object.fromEntries(
      reached.map((name) => [name, { title: titleOf(name, wanted), ...$defs[name] }]),
    ),
  };
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
function open(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const { patternProperties, ...rest } = value as JSONSchema;
  const every: unknown = patternProperties?.['.*'];
  if (every !== undefined) return { ...rest, additionalProperties: every };
  const isOpen = rest.type === 'object' && !('properties' in rest) && !('additionalProperties' in rest);
  return isOpen ? { ...rest, additionalProperties: true } : rest;
}

/** TypeScript types of the documents; `MachineDocument` is any of them. */
async function machineConfigTypes(schema: object): Promise<string> {
  // The compiler resolves references in place, so it gets a copy.
  const copy = structuredClone<JSONSchema>({ ...schema, title: 'MachineDocument' });
  return compile(copy, 'MachineDocument', {
    bannerComment: '',
    additionalProperties: false,
    style: { singleQuote: true, printWidth: 110 },
  });
}
