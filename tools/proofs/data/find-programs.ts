import { generatedImage, readGeneratedStack } from '@home/generated';
import { home } from '@home/home';
import { litestream, litestream03, minio, minioClient, systemProgram, versitygw } from '@life/programs';
import { obtain } from '../engine';
import type { ProofPrograms } from './stage';
import { minioIn } from './stores/minio';

/**
 * Finds the programs that the proof runs; Litestream in the version that the generated pods name.
 *
 * @param from the folder of the generated files
 * @param build whether what is not there may be built
 * @returns the programs, and in one line each what could not be had
 */
export async function findPrograms(
  from: string,
  build: boolean,
): Promise<{ readonly programs: ProofPrograms; readonly missing: readonly string[] }> {
  const missing = ['sqlite3', 'curl', 'jq']
    .filter((name) => systemProgram(name) === undefined)
    .map((name) => `${name} is missing; the system’s packages have it`);
  const workloads = readGeneratedStack('workloads', from);
  const image = generatedImage(workloads, 'litestream/litestream') ?? home.images.litestream;
  const hasMinio = minioIn(readGeneratedStack('platform', from)) !== undefined;
  const paths: string[] = [];
  for (const component of [litestream(image), versitygw, minioClient, ...(hasMinio ? [minio] : [])]) {
    const { path = '', missing: why } = await obtain(component, build);
    if (why !== undefined) missing.push(why);
    paths.push(path);
  }
  const [current = '', server = '', mc = '', archived] = paths;
  const former = missing.length > 0 ? undefined : (await obtain(litestream03, build)).path;
  return {
    programs: { litestream: current, versitygw: server, mc, minio: archived, litestream03: former },
    missing,
  };
}
