import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Given, runCommand } from '@home/command';
import { readHouse } from '@tools/nx-home/graph';
import { drawMap, placeMap } from './draw-map';

const workspace = join(__dirname, '../../..');
const readme = join(workspace, 'README.md');

const usage = {
  command: 'npm run map',
  help: `npm run map [-- --check]

Draws the map of the house in README.md, or with --check says whether it is current.`,
  options: { check: { type: 'boolean', default: false } },
} as const;

function main({ values }: Given<typeof usage.options>): number {
  const page = readFileSync(readme, 'utf8');
  const drawn = placeMap(page, drawMap(readHouse(workspace)));
  if (drawn === page) console.log('The map of the house is current.');
  else if (values.check) {
    console.error('README.md: must show the current house, but its map is stale. Run `npm run map`.');
    return 1;
  } else {
    writeFileSync(readme, drawn);
    console.log('README.md shows the current house.');
  }
  return 0;
}

runCommand(usage, main);
