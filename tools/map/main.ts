// `npm run map`: draws the map of the house in README.md from Nx's graph. With `--check` it only says whether it is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createProjectGraphAsync } from '@nx/devkit';
import { drawMap } from './draw-map';
import { placeMap } from './place-map';

const readme = join(__dirname, '../../README.md');

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  const page = readFileSync(readme, 'utf8');
  const drawn = placeMap(page, drawMap(await createProjectGraphAsync({ exitOnError: true })));
  if (drawn === page) console.log('The map of the house is current.');
  else if (values.check) {
    console.error('README.md: must show the house as it is, but its map is stale. Run `npm run map`.');
    return 1;
  } else {
    writeFileSync(readme, drawn);
    console.log('README.md shows the house as it is now.');
  }
  return 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
