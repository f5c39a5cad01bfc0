import { createHash, randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Refused, startApp, startUnlessRefused } from '../app';
import { getObject, listReplica, putObject } from '../replica-objects';
import { type Scene, demand } from '../../engine';
import type { DataStage } from '../stage';
import { verify } from '../verification';

/** What a pod finds in its database, as a fingerprint; nothing when it does not start. */
async function restoredContent(stage: DataStage, newest: number): Promise<string | undefined> {
  const app = await startUnlessRefused(stage, { pauseSeconds: 60 });
  if (app instanceof Refused) return undefined;
  await app.kill();
  // The pod itself may have written a row since.
  const content = await stage.sqlite(app.file, `SELECT id, at, pad FROM rows WHERE id <= ${newest}`);
  return createHash('sha256').update(content).digest('hex');
}

/** Flips one byte after the other, at random places of what a restore reads. */
async function flipBytes(stage: DataStage, count: number): Promise<string> {
  const { database } = stage;
  const app = await startApp(stage, { first: true, pauseSeconds: 0.02 });
  await sleep(6000);
  await app.stop();
  const expected = await restoredContent(stage, app.newest());
  demand(expected !== undefined, 'the sound replica cannot be restored');
  const sound = await verify(stage);
  demand(sound.good, `verify reports a sound replica as bad: ${sound.report}`);
  const keys = await listReplica(stage, database);
  const tally = { refused: 0, reported: 0, harmless: 0 };
  for (let flip = 0; flip < count; flip++) {
    const key = keys[randomInt(keys.length)] ?? '';
    const content = await getObject(stage, key);
    const broken = Buffer.from(content);
    const place = randomInt(broken.length);
    broken[place] = (broken[place] ?? 0) ^ (1 << randomInt(8));
    await putObject(stage, key, broken);
    // Every fifth time a pod starts on it; verify looks each time.
    const { good, report } = await verify(stage);
    const restored = flip % 5 === 0 ? await restoredContent(stage, app.newest()) : undefined;
    demand(
      !good || restored === undefined || restored === expected,
      `byte ${place} of ${key} was flipped and nobody noticed: ${report}`,
    );
    if (!good) tally.reported++;
    else tally.harmless++;
    if (flip % 5 === 0 && restored === undefined) tally.refused++;
    await putObject(stage, key, content);
  }
  return `${count} flips: ${tally.reported} reported, ${tally.harmless} where a restore does not look or finds the same; pods refused ${tally.refused} of ${Math.ceil(count / 5)}`;
}

export const damagedReplicas: readonly Scene<DataStage>[] = [
  {
    title: 'never silently starts an app on a replica with a flipped byte',
    short: true,
    seconds: 140,
    play: (stage) => flipBytes(stage, stage.amount.short ? 5 : 50),
  },
];
