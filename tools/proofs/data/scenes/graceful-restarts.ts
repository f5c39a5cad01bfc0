import { setTimeout as sleep } from 'node:timers/promises';
import { type AppSettings, demandNothingLost, startApp } from '../app';
import { withOrdinaryContainer } from '../changed-pods';
import { type Scene, demandDisproved } from '../../engine';
import type { Database, DataStage } from '../stage';

/** How long a pod lives before it is told to stop. */
const longLife = (): number => 1000 + Math.random() * 1500;

/** Litestream opens the database about half a second after it has started. */
const shortLife = (): number => Math.random() * 800;

/**
 * Restarts an app again and again, each time as a new pod with nothing but the replica, while it commits rows as fast
 * as it can.
 */
async function restartGracefully(
  stage: DataStage,
  rounds: number,
  settings: AppSettings,
  lifeMilliseconds = longLife,
): Promise<string> {
  let app = await startApp(stage, { ...settings, first: true });
  let rows = 0;
  for (let round = 1; round <= rounds; round++) {
    await sleep(lifeMilliseconds());
    await app.stop();
    const last = app;
    app = await startApp(stage, settings);
    demandNothingLost(last, app);
    rows = app.found.rows;
  }
  await app.kill();
  return `${rounds} restarts, ${rows} rows committed, 0 lost`;
}

const half = (rounds: number): number => Math.max(1, Math.ceil(rounds / 2));

/** Every kind of app of the home has its turn: root's databases and those of another user. */
const owned = (stage: DataStage): Database =>
  stage.databases.find(({ pod }) => pod.fsGroup !== undefined) ?? stage.database;

export const gracefulRestarts: readonly Scene<DataStage>[] = [
  {
    title: 'loses no committed row when pods are restarted',
    short: true,
    seconds: 150,
    play: (stage) => restartGracefully(stage, half(stage.amount.gracefulRounds), {}),
  },
  {
    title: 'loses no committed row when the app keeps writing for 5 s after SIGTERM',
    short: true,
    seconds: 240,
    play: (stage) =>
      restartGracefully(stage, half(stage.amount.gracefulRounds), {
        drainSeconds: 5,
        database: owned(stage),
      }),
  },
  {
    title: 'loses no committed row when pods are stopped while Litestream opens the database',
    seconds: 140,
    play: (stage) => restartGracefully(stage, stage.amount.gracefulRounds, {}, shortLife),
  },
  {
    title: 'would lose rows there with Litestream as an ordinary second container',
    short: true,
    seconds: 18,
    play: (stage) =>
      demandDisproved(() => restartGracefully(stage, 3, { drainSeconds: 5, change: withOrdinaryContainer })),
  },
];
