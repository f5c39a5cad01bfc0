import { setTimeout as sleep } from 'node:timers/promises';
import { type App, startApp } from '../app';
import { type Scene, demand } from '../scene';
import type { Stage } from '../stage';
import { demandIntact, demandNothingLost } from './graceful-restarts';

/** The generated sync interval, and the time that one upload may take on a busy machine. */
const longestLossMilliseconds = 1000 + 1000;

/** Kills everything at a random moment, again and again; each new pod has nothing but the replica. */
async function killAgainAndAgain(stage: Stage, rounds: number): Promise<string> {
  await stage.reset();
  const database = stage.database();
  let app = await startApp(stage, database, { first: true });
  await untilReplicated(stage);
  const losses: { rows: number; milliseconds: number }[] = [];
  for (let round = 1; round <= rounds; round++) {
    await sleep(Math.random() * 4000);
    await app.kill();
    const killed = { app, at: Date.now() };
    app = await startApp(stage, database);
    demandIntact(app);
    const loss = lossOf(killed.app, app, killed.at);
    demand(
      loss.milliseconds <= longestLossMilliseconds,
      `what was committed in the last ${loss.milliseconds} ms was lost: ${loss.rows} rows`,
    );
    losses.push(loss);
  }
  await sleep(500);
  await app.stop();
  const last = await startApp(stage, database);
  demandNothingLost(app, last);
  await last.kill();
  const most = (of: 'rows' | 'milliseconds'): number => Math.max(0, ...losses.map((loss) => loss[of]));
  return `${rounds} kills, at most ${most('rows')} rows of the last ${most('milliseconds')} ms lost`;
}

function lossOf(killed: App, next: App, killedAt: number): { rows: number; milliseconds: number } {
  const rows = Math.max(0, killed.newest() - next.found.newest);
  const firstLost = killed.committedAt(next.found.newest + 1);
  return { rows, milliseconds: rows === 0 || firstLost === undefined ? 0 : killedAt - firstLost };
}

/** Waits until the replica of a new database is there. */
export async function untilReplicated(stage: Stage): Promise<void> {
  const { bucket, client } = stage.s3;
  for (let attempt = 0; ; attempt++) {
    if ((await client('ls', '--recursive', `home/${bucket}`)) !== '') return;
    demand(attempt < 100, 'nothing was replicated within 10 s');
    await sleep(100);
  }
}

/** Kills everything, and starts the pod again with the volume it had, as after a reboot. */
async function killAndKeepVolume(stage: Stage, rounds: number): Promise<string> {
  await stage.reset();
  const database = stage.database();
  let app = await startApp(stage, database, { first: true });
  for (let round = 1; round <= rounds; round++) {
    await sleep(Math.random() * 3000);
    await app.kill();
    const next = await startApp(stage, database, { folders: app.folders });
    demandNothingLost(app, next);
    app = next;
  }
  await sleep(1500);
  await app.stop();
  const elsewhere = await startApp(stage, database);
  demandNothingLost(app, elsewhere);
  await elsewhere.kill();
  return `${rounds} kills, ${elsewhere.found.rows} rows, 0 lost, and the replica has them all`;
}

export const hardStops: readonly Scene[] = [
  {
    title: 'loses at most the last sync interval and one upload when everything is killed',
    short: true,
    seconds: 110,
    play: (stage, { hardRounds }) => killAgainAndAgain(stage, Math.ceil(hardRounds / 2)),
  },
  {
    title: 'loses nothing when everything is killed and the volume survives',
    short: true,
    seconds: 60,
    play: (stage, { hardRounds }) => killAndKeepVolume(stage, Math.floor(hardRounds / 2)),
  },
];
