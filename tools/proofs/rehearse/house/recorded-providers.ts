import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ProviderSchema, readRecordedSchema } from '@home/providers';

/**
 * The recorded schemas of the providers that the home uses, by the full address that a program gives them.
 *
 * @param without the short names of those that are real
 */
export function recordedProviders(
  root: string,
  binary: 'terraform' | 'tofu',
  without: readonly string[] = [],
): Record<string, ProviderSchema> {
  const folder = join(root, 'libs/providers/generated');
  const recorded: Record<string, ProviderSchema> = {};
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    // Talos' schema of machine configurations lies beside those of the providers.
    if (!entry.isDirectory() || entry.name === 'talos-machine-config' || without.includes(entry.name))
      continue;
    const { provider_schemas: schemas } = readRecordedSchema(join(folder, entry.name, 'schema.json'));
    for (const [address, schema] of Object.entries(schemas)) {
      // What is part of terraform itself is there anyway.
      if (address.startsWith('terraform.io/builtin/')) continue;
      recorded[
        binary === 'tofu' ? address.replace('registry.terraform.io', 'registry.opentofu.org') : address
      ] = schema;
    }
  }
  return recorded;
}
