import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ProviderSchema, readRecordedSchema } from '@home/providers';

/** The recorded schemas of all providers that the home uses, by their full address. */
export function recordedProviders(root: string): Record<string, ProviderSchema> {
  const folder = join(root, 'libs/providers/generated');
  const recorded: Record<string, ProviderSchema> = {};
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    // Talos' schema of machine configurations lies beside those of the providers.
    if (!entry.isDirectory() || entry.name === 'talos-machine-config') continue;
    const { provider_schemas: schemas } = readRecordedSchema(join(folder, entry.name, 'schema.json'));
    for (const [address, schema] of Object.entries(schemas)) {
      // What is part of terraform itself is there anyway.
      if (!address.startsWith('terraform.io/builtin/')) recorded[address] = schema;
    }
  }
  return recorded;
}
