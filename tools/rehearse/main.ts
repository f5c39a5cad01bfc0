import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { home } from '@home/home';
import { type Outcome, formatOutcome, formatTally } from '@home/proof';
import { openHouse } from './house/house';
import { playLanes } from './lanes';
import { scenes } from './scenes';
import { type Played, playScene } from './stage';

const usage = `npm run rehearse -- [--short] [--only TEXT] [--lanes N]

Plays the life of the home with the real terraform and stand-in providers, with no network and no cluster.
  --short  the selection that npm run check plays
  --only   only scenes whose title has this in it (a regular expression), after the first one
  --lanes  how many houses are played in at once`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      short: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      lanes: { type: 'string', default: '3' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (!isOnPath('terraform')) return skipAll('terraform is not on the PATH; install 1.11 or newer');

  const start = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'rehearsal-'));
  const outcomes = await rehearse(folder, Number(values.lanes), values);
  console.log(`in ${Math.round((Date.now() - start) / 1000)} s`);
  console.log(formatTally(outcomes));
  const failed = outcomes.some(({ result }) => result === 'failed');
  if (failed) console.log(`The houses are left in ${folder} to look at.`);
  else rmSync(folder, { recursive: true });
  return failed ? 1 : 0;
}

/** The first scene furnishes the house that all others start with. */
async function rehearse(
  folder: string,
  lanes: number,
  { short, only }: { short: boolean; only: string },
): Promise<Outcome[]> {
  const repository = resolve(__dirname, '../..');
  const nodes = home.network.nodes.map(({ addresses }) => addresses.v4 ?? addresses.v6 ?? '');
  const open = (name: string) => openHouse(repository, join(folder, name), join(folder, 'saves'), nodes);
  const outcomes: Outcome[] = [];
  const report = ({ story, outcomes: its }: Played) => {
    outcomes.push(...its);
    console.log(story.join('\n'));
  };

  const [opening, ...others] = scenes;
  const house = await open('first');
  try {
    await house.furnish();
    house.save('empty');
    report(await playScene(opening, house));
    house.save('deployed');
  } finally {
    house.close();
  }
  if (outcomes.some(({ result }) => result === 'failed')) return outcomes;

  let opened = 0;
  const chosen = others.filter((scene) => new RegExp(only).test(scene.title) && (!short || scene.short));
  await playLanes(chosen, lanes, () => open(`lane-${(opened += 1)}`), report);
  return outcomes;
}

const isOnPath = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));

/** Loud, and no success: nothing was rehearsed. */
function skipAll(detail: string): number {
  const outcome: Outcome = { what: 'the life of the home', result: 'skipped', detail };
  console.log(formatOutcome(outcome));
  console.log(formatTally([outcome]));
  return 0;
}

main().then(
  (code) => process.exit(code),
  (cause: unknown) => {
    console.error(cause);
    process.exit(1);
  },
);
