import { readFileSync } from 'node:fs';
import { type Files } from './generate';
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
