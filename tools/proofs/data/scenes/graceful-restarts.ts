import { setTimeout as sleep } from 'node:timers/promises';
import { type App, type AppSettings, startApp } from '../app';
import { withOrdinaryContainer } from '../changed-pods';
import { type Scene, demand, demandDisproved } from '../../engine';
import type { Database, DataStage } from '../stage';

/** How long a pod lives before it is told to stop. */
const longLife = (): number => 1000 + Math.random() * 1500;

/** Litestream opens the database about half a second after it has started. */
const shortLife = (): number => Math.random() * 800;

/**
 * Restarts an app again and again, each time as a new pod with nothing but the replica, while it commits rows as fast
 * as it can.
 */
export async function restartGracefully(
  stage: DataStage,
  database: Database,
  rounds: number,
  settings: AppSettings,
  lifeMilliseconds = longLife,
): Promise<string> {
  await stage.reset();
  let app = await startApp(stage, database, { ...settings, first: true });
  let rows = 0;
  for (let round = 1; round <= rounds; round++) {
    await sleep(lifeMilliseconds());
    await app.stop();
    const last = app;
    app = await startApp(stage, database, settings);
    demandNothingLost(last, app);
    rows = app.found.rows;
  }
  await app.kill();
  return `${rounds} restarts, ${rows} rows committed, 0 lost`;
}

/** Demands that a pod found all that the pod before it had committed. */
export function demandNothingLost(before: App, after: App): void {
  const lost = before.newest() - after.found.newest;
  demand(lost <= 0, `${lost} committed rows lost`);
  demandIntact(after);
}

/** Demands that what a pod found is a sound database with no holes in it. */
export function demandIntact({ found }: App): void {
  demand(found.integrity === 'ok', `the database is damaged: ${found.integrity}`);
  demand(found.rows === found.newest, `${found.newest - found.rows} rows missing in the middle`);
}

const half = (rounds: number): number => Math.max(1, Math.ceil(rounds / 2));

/** Every kind of app of the home has its turn: root's databases and those of another user. */
const owned = (stage: DataStage): Database =>
  stage.databases.find(({ pod }) => pod.fsGroup !== undefined) ?? stage.database();

export const gracefulRestarts: readonly Scene<DataStage>[] = [
  {
    title: 'loses no committed row when pods are restarted',
    short: true,
    seconds: 150,
    play: (stage) => restartGracefully(stage, stage.database(), half(stage.amount.gracefulRounds), {}),
  },
  {
    title: 'loses no committed row when the app keeps writing for 5 s after SIGTERM',
    short: true,
    seconds: 240,
    play: (stage) =>
      restartGracefully(stage, owned(stage), half(stage.amount.gracefulRounds), { drainSeconds: 5 }),
  },
  {
    title: 'loses no committed row when pods are stopped while Litestream opens the database',
    seconds: 140,
    play: (stage) => restartGracefully(stage, stage.database(), stage.amount.gracefulRounds, {}, shortLife),
  },
  {
    title: 'would lose rows there with Litestream as an ordinary second container',
    short: true,
    seconds: 18,
    play: (stage) =>
      demandDisproved(() => {
        const database = stage.database();
        const pod = withOrdinaryContainer(database.pod);
        return restartGracefully(stage, database, 3, { drainSeconds: 5, pod });
      }),
  },
];
