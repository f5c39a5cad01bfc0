import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  type ProviderSchema,
  type RecordedSchema,
  type WantedProvider,
  machineConfigManifest,
  schemaOf,
} from '@home/providers';
import { type Problem, ProblemsError, writeFiles } from '@home/terraform';
import { compare } from './compare';
import { type Files, generate, generateIndex } from './generate';
import { keepWhole, wholeFile, wholeSchema } from './keep-whole';
import { generateMachineConfig, recordedMachineConfig } from './machine-config';
import { type Missing, prune } from './prune';
import {
  type Recording,
  readRecordings,
  recordedFiles,
  recordedVersion,
  runTerraform,
} from './record-schemas';

/** What a sync did: for each provider what is different now, and the files that were written. */
export interface Synced {
  readonly changes: Readonly<Record<string, readonly string[]>>;
  /** Providers without a recording, which keep their committed schema. */
  readonly kept: readonly string[];
  readonly written: readonly string[];
}

/**
 * Brings the generated folder to what the manifest wants.
 *
 * @param wanted the manifest
 * @param from recorded schemas, as files or folders; none makes terraform print them
 * @param folder the folder of generated files
 * @throws ProblemsError when something wanted does not exist; nothing is written then
 */
export async function sync(
  wanted: Readonly<Record<string, WantedProvider>>,
  from: readonly string[],
  folder: string,
): Promise<Synced> {
  const files = recordedFiles(from);
  const recordings = from.length === 0 ? await runTerraform(wanted) : readRecordings(files);
  const providers = await Promise.all(
    Object.entries(wanted).map(([name, provider]) =>
      syncProvider(name, provider, recordings, join(folder, name)),
    ),
  );
  const problems = providers.flatMap((provider) => provider.problems);
  if (problems.length > 0) throw new ProblemsError(problems);
  const made = new Map([
    ['index.ts', generateIndex(Object.keys(wanted))],
    ...providers.flatMap(({ name, files: own }) => placeIn(name, own)),
    ...placeIn('talos-machine-config', await syncMachineConfig(files)),
  ]);
  return {
    changes: Object.fromEntries(providers.map(({ name, changes }) => [name, changes])),
    kept: providers.flatMap(({ name, isKept }) => (isKept ? [name] : [])),
    written: [
      ...writeFiles(folder, made),
      ...providers.flatMap(({ name, whole }) =>
        whole !== undefined && keepWhole(whole, join(folder, name, wholeFile))
          ? [`${name}/${wholeFile}`]
          : [],
      ),
    ],
  };
}

interface SyncedProvider {
  readonly name: string;
  readonly problems: readonly Problem[];
  readonly isKept: boolean;
  readonly changes: readonly string[];
  readonly files: Files;
  readonly whole?: RecordedSchema;
}

async function syncProvider(
  name: string,
  wanted: WantedProvider,
  recordings: readonly Recording[],
  folder: string,
): Promise<SyncedProvider> {
  const committed = readRecordings(
    [wholeFile, 'schema.json'].map((file) => join(folder, file)).filter(existsSync),
  );
  const now = find(wanted, recordings);
  const recorded = now ?? find(wanted, committed);
  if (recorded === undefined) {
    const problem = unrecorded(name, wanted, [...recordings, ...committed]);
    return { name, problems: [problem], isKept: false, changes: [], files: {} };
  }
  const { pruned, missing } = prune(recorded, wanted);
  const { files, unplaced } = generate(name, wanted, pruned);
  const before = committed.at(-1)?.schema;
  return {
    name,
    problems: [
      ...missing.map((thing) => absent(name, wanted, thing)),
      ...unplaced.map((part) => misplaced(name, part, wanted)),
    ],
    isKept: now === undefined,
    changes: compare(before && schemaOf(before, wanted.source), pruned),
    files,
    ...(now !== undefined && wanted.whole && { whole: wholeSchema(now, wanted) }),
  };
}

async function syncMachineConfig(files: readonly string[]): Promise<Files> {
  const name = recordedMachineConfig(machineConfigManifest.version);
  const file = files.find((one) => basename(one) === name);
  return file === undefined ? {} : generateMachineConfig(file, machineConfigManifest);
}

function placeIn(folder: string, files: Files): [string, string][] {
  return Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content]);
}

/** The provider's schema, recorded at the wanted version as far as a version is known; of several the fullest. */
function find(
  { source, version }: WantedProvider,
  recordings: readonly Recording[],
): ProviderSchema | undefined {
  const fits = recordings.filter((recording) => {
    const recorded = recordedVersion(recording);
    return recorded === undefined || version === undefined || recorded === version;
  });
  return fits
    .flatMap(({ schema }) => schemaOf(schema, source) ?? [])
    .sort((a, b) => countTypes(b) - countTypes(a))[0];
}

const countTypes = (schema: ProviderSchema): number => Object.keys(schema.resource_schemas ?? {}).length;

const where = (provider: string): string => `libs/providers/manifest.ts: ${provider}`;

function unrecorded(
  name: string,
  { source, version }: WantedProvider,
  recordings: readonly Recording[],
): Problem {
  const others = recordings
    .filter(({ schema }) => schemaOf(schema, source) !== undefined)
    .map(recordedVersion);
  const found = others.length === 0 ? 'none is' : `only ${others.join(' and ')} is`;
  return {
    where: where(name),
    what: `needs the recorded schema of ${[source, version].filter(Boolean).join(' ')}, but ${found} there`,
    remedy: 'Run npm run sync-schemas where Terraform is installed, or name a recorded schema with --from',
  };
}

function absent(name: string, { source, version }: WantedProvider, { what, nearest }: Missing): Problem {
  return {
    where: where(name),
    what: `asks for ${what}, which ${[source, version].filter(Boolean).join(' ')} does not have`,
    remedy: nearest === undefined ? 'Take it out of the manifest' : `Did you mean ${nearest}?`,
  };
}

function misplaced(name: string, part: string, { parts = {} }: WantedProvider): Problem {
  return {
    where: where(name),
    what: `gives the name ${part} to ${parts[part]}, where nothing stands`,
    remedy: 'Name a place of the part in a wanted block',
  };
}
