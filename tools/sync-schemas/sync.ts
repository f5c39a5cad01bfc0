import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import {
  type KubernetesApi,
  type ProviderSchema,
  type RecordedSchema,
  type WantedProvider,
  apiFile,
  machineConfigManifest,
  schemaOf,
} from '@home/providers';
import { type Problem, ProblemsError, refuse, writeFiles } from '@home/terraform';
import { compare } from './compare';
import { type Files, generate, generateIndex, recordedFile } from './generate';
import { readKubernetesApi, recordedKubernetesApi } from './kubernetes-api';
import { generateMachineConfig, recordedMachineConfig } from './machine-config';
import { prune } from './prune';
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
  const providers = Object.entries(wanted).map(([name, provider]) =>
    syncProvider(name, provider, { recordings, files }, join(folder, name)),
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
      ...providers
        .map(({ name, whole }) => ({ file: `${name}/${wholeFile}`, whole }))
        .filter(({ file, whole }) => whole !== undefined && keepCompressed(whole, join(folder, file)))
        .map(({ file }) => file),
      ...providers
        .filter(({ name, api }) => api !== undefined && keepCompressed(api, join(folder, name, apiFileName)))
        .map(({ name }) => `${name}/${apiFileName}`),
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
  readonly api?: KubernetesApi;
}

/** What a sync is given. */
interface Given {
  readonly recordings: readonly Recording[];
  readonly files: readonly string[];
}

function syncProvider(
  name: string,
  wanted: WantedProvider,
  { recordings, files: given }: Given,
  folder: string,
): SyncedProvider {
  const committed = readRecordings(
    [wholeFile, 'schema.json'].map((file) => join(folder, file)).filter(existsSync),
  );
  const now = find(wanted, recordings);
  const recorded = now ?? find(wanted, committed);
  const problem = (what: string, remedy: string): Problem => ({
    where: `libs/providers/manifest.ts: ${name}`,
    what,
    remedy,
  });
  const source = [wanted.source, wanted.version].filter(Boolean).join(' ');
  if (recorded === undefined) {
    const what = `needs the recorded schema of ${source}, but ${versionsOf(wanted, [...recordings, ...committed])} there`;
    const remedy =
      'Run npm run sync-schemas where Terraform is installed, or name a recorded schema with --from';
    return { name, problems: [problem(what, remedy)], isKept: false, changes: [], files: {} };
  }
  const { pruned, missing } = prune(recorded, wanted);
  const api = wanted.api === undefined ? undefined : findApi(wanted.api, recorded, given, folder);
  const { files, unplaced } = generate(name, wanted, pruned, api);
  const before = committed.at(-1)?.schema;
  return {
    name,
    problems: [
      ...missing.map(({ what, nearest }) =>
        problem(
          `asks for ${what}, which ${source} does not have`,
          nearest === undefined ? 'Take it out of the manifest' : `Did you mean ${nearest}?`,
        ),
      ),
      ...unplaced.map((part) =>
        problem(
          `gives the name ${part} to ${wanted.parts?.[part]}, where nothing stands`,
          'Name a place of the part in a wanted block',
        ),
      ),
    ],
    isKept: now === undefined,
    changes: compare(before && schemaOf(before, wanted.source), pruned),
    files,
    ...(now !== undefined && wanted.whole && { whole: wholeSchema(now, wanted) }),
    ...(api && { api }),
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

function versionsOf({ source }: WantedProvider, recordings: readonly Recording[]): string {
  const others = recordings.filter(({ schema }) => schemaOf(schema, source) !== undefined);
  return others.length === 0 ? 'none is' : `only ${others.map(recordedVersion).join(' and ')} is`;
}

/** Where all that a provider has is kept, for the import. */
const wholeFile = 'whole.json.gz';

/** All that a provider has, without what it calls deprecated itself. */
function wholeSchema(recorded: ProviderSchema, wanted: WantedProvider): RecordedSchema {
  const { pruned } = prune(recorded, {
    ...wanted,
    resources: current(recorded.resource_schemas),
    dataSources: current(recorded.data_source_schemas),
    ephemeralResources: current(recorded.ephemeral_resource_schemas),
  });
  return recordedFile('all', wanted, pruned);
}

/**
 * What is recorded of Kubernetes' API: among the given files, else what is committed.
 *
 * @throws ProblemsError when neither is of the wanted version
 */
function findApi(
  version: string,
  provider: ProviderSchema,
  files: readonly string[],
  folder: string,
): KubernetesApi {
  const name = recordedKubernetesApi(version);
  const file = files.find((one) => basename(one) === name);
  if (file !== undefined) return readKubernetesApi(file, version, provider);
  const kept = join(folder, apiFileName);
  const api = existsSync(kept) ? readCompressed<KubernetesApi>(kept) : undefined;
  if (api?.version === version) return api;
  const what = `needs the API of Kubernetes ${version}, but that of ${api?.version ?? 'no version'} is recorded`;
  refuse(folder, what, `Run kubectl get --raw /openapi/v2 > ${name}, and name that file with --from`);
}

/** Where Kubernetes' API is kept. */
const apiFileName = basename(apiFile);

const readCompressed = <Content>(file: string): Content =>
  JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as Content;

/**
 * Keeps a schema compressed. The same schema keeps its file, since not every zlib packs the same bytes.
 *
 * @returns whether the file changed
 */
function keepCompressed(schema: object, file: string): boolean {
  const text = JSON.stringify(schema);
  if (existsSync(file) && JSON.stringify(readCompressed(file)) === text) return false;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, gzipSync(text, { level: 9 }));
  return true;
}

const current = (schemas: ProviderSchema['resource_schemas'] = {}): string[] =>
  Object.entries(schemas).flatMap(([name, { block }]) => (block?.deprecated === true ? [] : [name]));
