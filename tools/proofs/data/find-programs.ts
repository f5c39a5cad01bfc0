import { generatedImage, readGeneratedStack } from '@home/generated';
import {
  type Component,
  installComponent,
  isInstalled,
  litestream,
  litestream03,
  minio,
  minioClient,
  pathOf,
  systemProgram,
} from '@life/programs';
import type { ProofPrograms } from './stage';

/** The programs of the proof, or what could not be had. */
export type FoundPrograms = { readonly programs: ProofPrograms } | { readonly missing: readonly string[] };

/**
 * Finds the programs that the proof runs; Litestream in the version that the generated pods name.
 *
 * @param from the folder of the generated files
 * @param build whether what is not there may be built
 */
export async function findPrograms(from: string, { build }: { build: boolean }): Promise<FoundPrograms> {
  const missing: string[] = [];
  const have = async (component: Component): Promise<string> => {
    const { name, version } = component;
    if (isInstalled(component)) return pathOf(component);
    if (!build) missing.push(`${name} ${version}`);
    else {
      console.log(`builds ${name} ${version} from its Go module …`);
      try {
        return await installComponent(component);
      } catch (cause) {
        missing.push(`${name} ${version} (${cause instanceof Error ? cause.message : String(cause)})`);
      }
    }
    return '';
  };

  for (const name of ['sqlite3', 'curl', 'jq']) {
    if (systemProgram(name) === undefined) missing.push(`${name}, from the system’s packages`);
  }
  const image = generatedImage(readGeneratedStack('workloads', from), 'litestream/litestream');
  const programs = {
    litestream: await have(litestream(image)),
    minio: await have(minio),
    mc: await have(minioClient),
  };
  if (missing.length > 0) return { missing };
  const old = await have(litestream03);
  return { programs: { ...programs, litestream03: old === '' ? undefined : old } };
}
