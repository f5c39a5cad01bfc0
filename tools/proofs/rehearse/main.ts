import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openTerminal } from '@home/command';
import { keepTemporaryFolder, withTemporaryFolder, makeTemporaryFolder } from '@home/files';
import { home } from '@home/home';
import { systemProgram } from '@life/programs';
import {
  type Report,
  type Scene,
  commonOptions,
  hasFailed,
  homeOption,
  homeUsage,
  laneOn,
  playLanes,
  playScene,
  runProof,
  skipAll,
} from '../engine';
import { type House, type Plot, openHouse } from './house/house';
import { plotIn } from './house/plot';
import { realUsage } from './house/real-systems';
import { rehearseChange } from './rehearse-change';
import { scenes } from './scenes';

const usage = {
  command: 'npm run rehearse',
  help: `npm run rehearse [-- --short] [--only TEXT] [--lanes N] [--home NAME]
npm run rehearse -- --change

Plays the life of the home with the real terraform and stand-in providers, with
no network and no cluster.
  --short   the selection that npm run check plays
  --only    only scenes whose title fits this regular expression, after the
            first one
  --lanes   how many houses are played in at once
  ${homeUsage}
  --change  plays no scenes: brings up the home of the last commit, and shows
            the plan of what was changed since

${realUsage}.`,
  options: {
    ...commonOptions,
    ...homeOption,
    lanes: { type: 'string', default: '3' },
    change: { type: 'boolean', default: false },
  },
} as const;

const { binary } = home.terraform;

const terminal = openTerminal();

/** Why nothing can be played here. */
const whyNot = (): string | undefined =>
  systemProgram(binary) === undefined ? `${binary} is not on the PATH; install 1.11 or newer` : undefined;

async function rehearse(
  plot: Plot,
  chosen: readonly Scene<House>[],
  lanes: number,
  report: Report,
): Promise<void> {
  const [opening] = scenes;
  const others = chosen.filter((scene) => scene !== opening);
  const { real } = plot;
  const first = await openHouse(plot);
  try {
    if (chosen.includes(opening)) report.begins(opening);
    else terminal.step(opening.title, 1, 1);
    await first.furnish();
    if (real) terminal.say(`Real: ${real.providers.join(', ') || 'no system was named'}. ${realUsage}.\n`);
    else first.save('empty');
    const opened = await playScene(opening, first);
    report.ends(opened, opening);
    if (hasFailed(opened.outcomes)) return skipAll(others, 'the house did not come up', report);
    if (real) {
      for (const scene of others) {
        report.begins(scene);
        report.ends(await playScene(scene, first), scene);
      }
      return;
    }
    // What the first scene leaves behind is what most others start with.
    first.save('deployed');
  } finally {
    first.close();
  }
  let opened = 0;
  const openLane = async () => {
    const house = await openHouse({ ...plot, folder: join(plot.folder, `../lane-${(opened += 1)}`) });
    return laneOn(house, () => house.close());
  };
  await playLanes(others, lanes, openLane, report);
}

runProof(usage, {
  scenes,
  whyNot,
  async play(chosen, { lanes }, report) {
    const folder = makeTemporaryFolder();
    let failed = false;
    await rehearse(plotIn(folder), chosen, Number(lanes), {
      ...report,
      ends(played, scene) {
        failed ||= hasFailed(played.outcomes);
        report.ends(played, scene);
      },
    });
    if (!failed) return rmSync(folder, { recursive: true });
    keepTemporaryFolder(folder);
    terminal.say(`The houses are left in ${folder} to look at. The next run removes them.`);
  },
  instead({ change }) {
    if (!change || whyNot() !== undefined) return undefined;
    return withTemporaryFolder((folder) => rehearseChange(plotIn(folder)));
  },
});
