import type { House } from './house/house';
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
