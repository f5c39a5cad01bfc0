import { runCommand } from '@home/command';
import { generatedImage, readGeneratedStack } from '@home/generated';
import {
  type Component,
  coredns,
  installComponent,
  isInstalled,
  litestream,
  litestream03,
  minio,
  minioClient,
} from '@life/programs';

const usage = {
  command: 'npm run components',
  help: `npm run components

Builds what the proofs run into .cache/components, with Go.`,
  options: {},
} as const;

/** Builds what the proofs run, from Go modules, in the versions that the generated files name. */
async function main(): Promise<number> {
  const wanted: readonly Component[] = [
    litestream(generatedImage(readGeneratedStack('workloads'), 'litestream/litestream')),
    coredns(generatedImage(readGeneratedStack('platform'), 'coredns/coredns')),
    minio,
    minioClient,
    litestream03,
  ];
  let missing = 0;
  for (const component of wanted) {
    const what = `${component.name} ${component.version}`;
    if (isInstalled(component)) {
      console.log(`${what} is there`);
      continue;
    }
    const begin = Date.now();
    try {
      await installComponent(component);
      console.log(`${what} was built in ${Math.round((Date.now() - begin) / 1000)} s`);
    } catch (cause) {
      missing++;
      console.error(`${what} cannot be built: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  }
  return missing === 0 ? 0 : 1;
}

runCommand(usage, main);
