import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  type ProviderSchema,
  type WantedProvider,
  machineConfigManifest,
  readRecordedSchema,
  schemaOf,
} from '@home/providers';
import { type Problem, ProblemsError, writeFiles } from '@home/terraform';
import { compare } from './compare';
import { type Files, generate, generateIndex } from './generate';
import { keepWhole } from './keep-whole';
import { generateMachineConfig, recordedMachineConfig } from './machine-config-files';
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
  /** Providers that were recorded nowhere and so keep their committed schema. */
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
  const changes: Record<string, readonly string[]> = {};
  const kept: string[] = [];
  const problems: Problem[] = [];
  const made = new Map([['index.ts', generateIndex(Object.keys(wanted))]]);
  const whole: (() => string[])[] = [];

  for (const [name, provider] of Object.entries(wanted)) {
    const committed = join(folder, name, 'schema.json');
    const before = existsSync(committed) ? readRecordings([committed]) : [];
    const found = find(provider, recordings);
    const recorded = found ?? find(provider, before);
    if (recorded === undefined) {
      problems.push(unrecorded(name, provider, [...recordings, ...before]));
      continue;
    }
    if (found === undefined) kept.push(name);
    const { pruned, missing } = prune(recorded, provider);
    const { files: own, unplaced } = await generate(name, provider, pruned);
    problems.push(...missing.map((thing) => absent(name, provider, thing)));
    problems.push(...unplaced.map((part) => misplaced(name, part, provider)));
    changes[name] = compare(
      existsSync(committed) ? schemaOf(readRecordedSchema(committed), provider.source) : undefined,
      pruned,
    );
    collect(made, name, own);
    if (found !== undefined && provider.whole === true) {
      whole.push(() => (keepWhole(found, provider, join(folder, name, 'whole.json.gz')) ? [`${name}/whole.json.gz`] : []));
    }
  }
  const machineConfig = files.find(
    (file) => basename(file) === recordedMachineConfig(machineConfigManifest.version),
  );
  if (machineConfig !== undefined) {
    collect(made, 'talos-machine-config', await generateMachineConfig(machineConfig, machineConfigManifest));
  }

  if (problems.length > 0) throw new ProblemsError(problems);
  return { changes, kept, written: [...writeFiles(folder, made), ...whole.flatMap((keep) => keep())] };
}

function collect(made: Map<string, string>, folder: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) made.set(`${folder}/${name}`, content);
}

/** The provider's schema, recorded at the wanted version as far as a version is known. */
function find(
  { source, version }: WantedProvider,
  recordings: readonly Recording[],
): ProviderSchema | undefined {
  const fits = recordings.filter((recording) => {
    const recorded = recordedVersion(recording);
    return recorded === undefined || version === undefined || recorded === version;
  });
  return fits.map(({ schema }) => schemaOf(schema, source)).find((schema) => schema !== undefined);
}

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
    what: `wants ${what}, which ${[source, version].filter(Boolean).join(' ')} does not have`,
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
