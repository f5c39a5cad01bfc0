import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RecordedMachineConfig, machineConfigTypes, pruneMachineConfig } from './machine-config';

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
 * Writes the pruned schema of the machine configuration's documents and their types.
 *
 * @param recorded the file with Talos' recorded schema
 * @param folder where to write `schema.json` and `documents.ts`
 */
export async function syncMachineConfig(
  recorded: string,
  folder: string,
  wanted: WantedMachineConfig,
): Promise<void> {
  const whole: RecordedMachineConfig = JSON.parse(readFileSync(recorded, 'utf8'));
  const schema = pruneMachineConfig(whole, wanted.documents);
  const types = await machineConfigTypes(schema);
  mkdirSync(folder, { recursive: true });
  const commented = { $comment: made(wanted.version), ...schema };
  writeFileSync(join(folder, 'schema.json'), `${JSON.stringify(commented, null, 1)}\n`);
  writeFileSync(join(folder, 'documents.ts'), `// ${made(wanted.version)}\n\n${types}`);
}
