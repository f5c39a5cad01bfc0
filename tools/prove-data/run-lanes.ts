import { type Outcome, enterNamespaces } from '@home/proof';
import { join } from 'node:path';
import type { LaneWork } from './lane';
import type { Scene } from './scene';

/**
 * Plays scenes in several lanes at once, each in a world of its own.
 *
 * @param report called with every outcome as it comes
 */
export async function runLanes(
  scenes: readonly Scene[],
  count: number,
  work: Omit<LaneWork, 'titles'>,
  addresses: readonly string[],
  report: (outcome: Outcome) => void,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  await Promise.all(
    share(scenes, count).map(async (lane) => {
      const titles = lane.map(({ title }) => title);
      const played = await runLane({ ...work, titles }, addresses, report);
      outcomes.push(...played);
      const missing = titles.slice(played.length);
      for (const what of missing) {
        const outcome: Outcome = { what, result: 'failed', detail: 'its lane ended before it was played' };
        outcomes.push(outcome);
        report(outcome);
      }
    }),
  );
  return outcomes;
}

/** Distributes scenes so that all lanes take about as long: the longest first, each into the lane with the least. */
function share(scenes: readonly Scene[], count: number): Scene[][] {
  const lanes = Array.from({ length: Math.min(count, scenes.length) }, () => ({
    seconds: 0,
    scenes: [] as Scene[],
  }));
  for (const scene of scenes.toSorted((a, b) => b.seconds - a.seconds)) {
    const [emptiest] = lanes.toSorted((a, b) => a.seconds - b.seconds);
    emptiest?.scenes.push(scene);
    if (emptiest !== undefined) emptiest.seconds += scene.seconds;
  }
  return lanes.map((lane) => lane.scenes);
}

function runLane(
  work: LaneWork,
  addresses: readonly string[],
  report: (outcome: Outcome) => void,
): Promise<Outcome[]> {
  const played: Outcome[] = [];
  const child = enterNamespaces(
    [process.execPath, ...process.execArgv, join(__dirname, 'main.ts')],
    addresses,
    { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env: { PROVE_DATA_LANE: JSON.stringify(work) } },
  );
  child.on('message', (outcome: Outcome) => {
    played.push(outcome);
    report(outcome);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve(played));
  });
}
