import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  type ProviderSchema,
  type RecordedSchema,
  type WantedProvider,
  readRecordedSchema,
} from '@home/providers';
import { recordedFile } from './generate';
import { prune } from './prune';

/** Where all that a provider has is kept, for the import. */
export const wholeFile = 'whole.json.gz';

/** All that a provider has, without what it calls deprecated itself. */
export function wholeSchema(recorded: ProviderSchema, wanted: WantedProvider): RecordedSchema {
  const { pruned } = prune(recorded, {
    ...wanted,
    resources: current(recorded.resource_schemas),
    dataSources: current(recorded.data_source_schemas),
    ephemeralResources: current(recorded.ephemeral_resource_schemas),
  });
  return recordedFile('all', wanted, pruned);
}

/**
 * Keeps a schema compressed. The same schema keeps its file, since not every zlib packs the same bytes.
 *
 * @returns whether the file changed
 */
export function keepWhole(schema: RecordedSchema, file: string): boolean {
  const text = JSON.stringify(schema);
  if (existsSync(file) && JSON.stringify(readRecordedSchema(file)) === text) return false;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, gzipSync(text, { level: 9 }));
  return true;
}

const current = (schemas: ProviderSchema['resource_schemas'] = {}): string[] =>
  Object.entries(schemas).flatMap(([name, { block }]) => (block?.deprecated === true ? [] : [name]));
