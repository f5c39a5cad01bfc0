import { type Outcome, formatOutcome } from '../engine';
import type { House } from './house/house';
import { type RealSystems, realUsage } from './house/real-systems';
import type { Scene } from './scene';
import { type Played, playScene } from './stage';

/**
 * Plays scenes in several lanes at once, each in a house of its own.
 *
 * @param open opens another house
 * @param report called with every scene as it ends
 */
export async function playLanes(
  scenes: readonly Scene[],
  count: number,
  open: () => Promise<House>,
  report: (played: Played) => void,
): Promise<Played[]> {
  // The longest first, so that no lane is left with it at the end.
  const waiting = scenes.toSorted((a, b) => b.seconds - a.seconds);
  const played: Played[] = [];
  const lane = async () => {
    const house = await open();
    try {
      for (let scene = waiting.shift(); scene; scene = waiting.shift()) {
        house.load(scene.from);
        const one = await playScene(scene, house);
        played.push(one);
        report(one);
      }
    } finally {
      house.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(count, scenes.length) }, lane));
  return played;
}

/**
 * Plays scenes one after the other in one house, as far as they can be played with real providers: what a scene leaves
 * behind in real systems cannot be taken back.
 */
export async function playRow(
  scenes: readonly Scene[],
  house: House,
  { providers }: RealSystems,
  report: (played: Played) => void,
): Promise<void> {
  console.log(`Real: ${providers.join(', ') || 'no system was named'}. ${realUsage}.\n`);
  let standing = true;
  for (const scene of scenes) {
    const why: string | undefined =
      whyNot(scene, providers) ?? (standing ? undefined : 'the house did not come up');
    const played: Played = why === undefined ? await playScene(scene, house) : skipped(scene, why);
    report(played);
    // What comes up first carries all that follows.
    if (scene.from === 'empty') standing = !played.outcomes.some(({ result }) => result === 'failed');
  }
}

function whyNot({ providers }: Scene, real: readonly string[]): string | undefined {
  if (providers === 'stand-ins') {
    return 'it looks behind the providers or makes them misbehave, which real ones do not allow';
  }
  return providers === 'any' && real.length === 0 ? 'no real system was named' : undefined;
}

function skipped({ title: what }: Scene, detail: string): Played {
  const outcome: Outcome = { what, result: 'skipped', detail };
  return { story: [formatOutcome(outcome)], outcomes: [outcome] };
}
