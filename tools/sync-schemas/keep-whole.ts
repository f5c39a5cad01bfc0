import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type ProviderSchema, type WantedProvider, readRecordedSchema, wholeSource } from '@home/providers';
import { prune } from './prune';

/**
 * Keeps all that a provider has, compressed, so that the import knows what the home does not use yet. What the
 * provider itself calls deprecated is left out.
 *
 * @returns whether the file changed
 */
export function keepWhole(recorded: ProviderSchema, wanted: WantedProvider, file: string): boolean {
  const { pruned } = prune(recorded, {
    ...wanted,
    resources: current(recorded.resource_schemas),
    dataSources: current(recorded.data_source_schemas),
    ephemeralResources: current(recorded.ephemeral_resource_schemas),
  });
  const whole = { format_version: '1.0', provider_schemas: { [wholeSource(wanted.source)]: pruned } };
  const text = JSON.stringify(whole);
  if (existsSync(file) && JSON.stringify(readRecordedSchema(file)) === text) return false;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, gzipSync(text, { level: 9 }));
  return true;
}

const current = (schemas: ProviderSchema['resource_schemas'] = {}): string[] =>
  Object.entries(schemas).flatMap(([name, { block }]) => (block?.deprecated === true ? [] : [name]));
