import { openTerminal, runCommand } from '@home/command';
import { generatedImage, readGeneratedHome } from '@home/generated';
import {
  type Component,
  coredns,
  isInstalled,
  litestream,
  litestream03,
  minio,
  minioClient,
  pebble,
  traefik,
  versitygw,
} from '@life/programs';
import { minioIn } from '../data/stores/minio';
import { obtain } from '../engine';

const usage = {
  command: 'npm run components',
  help: `npm run components

Builds what the proofs run into .cache/components, with Go.`,
  options: {},
} as const;

/** Builds what the proofs run, from Go modules, in the versions that the generated files name. */
async function main(): Promise<number> {
  const blocks = readGeneratedHome();
  const ofHome = (name: string, component: (image: string) => Component): Component[] => {
    const image = generatedImage(blocks, name);
    return image === undefined ? [] : [component(image)];
  };
  const wanted = [
    ...ofHome('litestream/litestream', litestream),
    ...ofHome('coredns/coredns', coredns),
    ...ofHome('traefik', traefik),
    pebble,
    versitygw,
    minioClient,
    ...(minioIn(blocks) === undefined ? [] : [minio]),
    litestream03,
  ];
  const terminal = openTerminal();
  let code = 0;
  for (const [index, component] of wanted.entries()) {
    if (isInstalled(component)) terminal.say(`${component.name} ${component.version} is there`);
    const { missing } = await obtain(component, true, [index + 1, wanted.length]);
    if (missing === undefined) continue;
    terminal.note(missing);
    code = 1;
  }
  return code;
}

runCommand(usage, main);
