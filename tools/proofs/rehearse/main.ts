import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Given, runCommand } from '@home/command';
import { home } from '@home/home';
import { systemProgram } from '@life/programs';
import { type Outcome, formatOutcome, formatTally } from '../engine';
import { type Plot, openHouse } from './house/house';
import { realSystems, realUsage } from './house/real-systems';
import { playLanes, playRow } from './lanes';
import { rehearseChange } from './rehearse-change';
import { scenes } from './scenes';
import { type Played, playScene } from './stage';

const usage = {
  command: 'npm run rehearse',
  help: `npm run rehearse [-- --short] [--only TEXT] [--lanes N]
npm run rehearse -- --change

Plays the life of the home with the real terraform and stand-in providers, with no network and no cluster.
  --short   the selection that npm run check plays
  --only    only scenes whose title fits this regular expression, after the first one
  --lanes   how many houses are played in at once
  --change  plays no scenes: brings up the home of the last commit, and shows the plan of what was changed since

${realUsage}.`,
  options: {
    short: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    lanes: { type: 'string', default: '3' },
    change: { type: 'boolean', default: false },
  },
} as const;

const { binary } = home.terraform;

async function main({ values }: Given<typeof usage.options>): Promise<number> {
  if (systemProgram(binary) === undefined)
    return skipAll(`${binary} is not on the PATH; install 1.11 or newer`);

  const start = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'rehearsal-'));
  if (values.change) return rehearseChange(plotIn(folder)).finally(() => rmSync(folder, { recursive: true }));
  const outcomes = await rehearse(folder, values);
  console.log(`in ${Math.round((Date.now() - start) / 1000)} s`);
  console.log(formatTally(outcomes));
  const failed = outcomes.some(({ result }) => result === 'failed');
  if (failed) console.log(`The houses are left in ${folder} to look at.`);
  else rmSync(folder, { recursive: true });
  return failed ? 1 : 0;
}

async function rehearse(
  folder: string,
  { short, only, lanes }: { short: boolean; only: string; lanes: string },
): Promise<Outcome[]> {
  const plot = plotIn(folder);
  const { real } = plot;
  const outcomes: Outcome[] = [];
  const report = ({ story, outcomes: its }: Played) => {
    outcomes.push(...its);
    console.log(story.join('\n'));
  };
  const [opening, ...rest] = scenes;
  const others = rest.filter((scene) => new RegExp(only).test(scene.title) && (!short || scene.short));

  const first = await openHouse(plot);
  try {
    await first.furnish();
    if (real) {
      await playRow([opening, ...others], first, real, report);
      return outcomes;
    }
    // What the first scene leaves behind is what most others start with.
    first.save('empty');
    report(await playScene(opening, first));
    first.save('deployed');
  } finally {
    first.close();
  }
  if (outcomes.some(({ result }) => result === 'failed')) return outcomes;
  let opened = 0;
  const open = () => openHouse({ ...plot, folder: join(folder, `lane-${(opened += 1)}`) });
  await playLanes(
    others.filter(({ providers }) => providers !== 'real'),
    Number(lanes),
    open,
    report,
  );
  return outcomes;
}

function plotIn(folder: string): Plot {
  return {
    from: resolve(__dirname, '../..'),
    folder: join(folder, 'first'),
    saves: join(folder, 'saves'),
    nodes: home.network.nodes.map(({ addresses }) => addresses.v4 ?? addresses.v6 ?? ''),
    binary,
    real: realSystems(process.env, home.cluster.kubeconfigContext),
  };
}

/** Loud, and no success: nothing was rehearsed. */
function skipAll(detail: string): number {
  const outcome: Outcome = { what: 'the life of the home', result: 'skipped', detail };
  console.log(formatOutcome(outcome));
  console.log(formatTally([outcome]));
  return 0;
}

runCommand(usage, main);
