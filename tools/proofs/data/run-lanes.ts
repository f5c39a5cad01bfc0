import { type Outcome, enterNamespaces } from '../engine';
import { join } from 'node:path';
import type { LaneWork } from './lane';
import type { Scene } from './scene';

/** What a lane says to whoever started it: how a scene went, or, with nothing, that it wants one. */
export type LaneMessage = { readonly outcome?: Outcome };

/**
 * Plays scenes in several lanes at once, each in a world of its own. The longest come first; whichever lane is free takes
 * the next one.
 *
 * @param report called with every outcome as it comes
 */
export async function runLanes(
  scenes: readonly Scene[],
  count: number,
  work: LaneWork,
  addresses: readonly string[],
  report: (outcome: Outcome) => void,
): Promise<Outcome[]> {
  const queue = scenes.toSorted((a, b) => b.seconds - a.seconds).map(({ title }) => title);
  const outcomes: Outcome[] = [];
  const settle = (outcome: Outcome): void => {
    outcomes.push(outcome);
    report(outcome);
  };
  const lanes = Array.from({ length: Math.min(count, scenes.length) }, () =>
    runLane(work, addresses, () => queue.shift(), settle),
  );
  await Promise.all(lanes);
  for (const what of queue)
    settle({ what, result: 'failed', detail: 'every lane ended before it was played' });
  return outcomes;
}

function runLane(
  work: LaneWork,
  addresses: readonly string[],
  next: () => string | undefined,
  report: (outcome: Outcome) => void,
): Promise<void> {
  const child = enterNamespaces(
    [process.execPath, ...process.execArgv, join(__dirname, 'main.ts')],
    addresses,
    { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env: { PROVE_DATA_LANE: JSON.stringify(work) } },
  );
  let playing: string | undefined;
  child.on('message', ({ outcome }: LaneMessage) => {
    if (outcome !== undefined) report(outcome);
    else child.send({ title: (playing = next()) });
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => {
      if (playing !== undefined)
        report({ what: playing, result: 'failed', detail: 'its lane ended in the middle' });
      resolve();
    });
  });
}
