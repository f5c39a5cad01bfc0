import { refuse } from '@home/terraform';
import { type Played, type Scene, failed, playScene } from './scene';

/** Somewhere to play scenes one after the other, away from those of other lanes. */
export interface Lane<Stage> {
  /** Plays a scene; nothing comes back where the lane could not begin it. */
  readonly play: (scene: Scene<Stage>) => Promise<Played | undefined>;
  readonly close: () => void | Promise<void>;
}

/** Hears how a proof goes on. */
export interface Report {
  begins(scene: Pick<Scene<never>, 'title' | 'seconds'>): void;
  ends(played: Played, scene: Pick<Scene<never>, 'title'>): void;
}

/**
 * The scenes with a title that matches a regular expression and, on demand, only those of the short selection, or those
 * that take a guard away.
 *
 * @throws ProblemsError when that are none
 */
export function choose<S extends Pick<Scene<never>, 'title' | 'short' | 'withoutGuard'>>(
  scenes: readonly S[],
  { short = false, only = '', guards = false }: { short?: boolean; only?: string; guards?: boolean },
): S[] {
  const played = scenes.filter(({ withoutGuard = false }) => withoutGuard === guards);
  const wanted = expressionOf(only);
  const chosen = played.filter((scene) => wanted.test(scene.title) && (!short || scene.short === true));
  // A proof of nothing would pass.
  if (chosen.length > 0) return chosen;
  return refuse(
    '--only',
    `"${only}" must fit the title of a scene that is played`,
    'Leave it out for all of them',
  );
}

function expressionOf(only: string): RegExp {
  try {
    return new RegExp(only);
  } catch {
    return refuse(
      '--only',
      `"${only}" must be a regular expression`,
      'Put a backslash before each sign of its own',
    );
  }
}

/** A lane in this process. */
export const laneOn = <Stage>(stage: Stage, close: Lane<Stage>['close'] = () => undefined): Lane<Stage> => ({
  play: (scene) => playScene(scene, stage),
  close,
});

/**
 * Plays scenes in several lanes at once. The longest come first, so that no lane is left with one at the end; whichever
 * lane is free takes the next one.
 *
 * @param open opens another lane
 */
export async function playLanes<Stage, S extends Scene<Stage>>(
  scenes: readonly S[],
  count: number,
  open: () => Lane<Stage> | Promise<Lane<Stage>>,
  report: Report,
): Promise<void> {
  const waiting = scenes.toSorted((a, b) => (b.seconds ?? 0) - (a.seconds ?? 0));
  const playAll = async () => {
    const lane = await open();
    try {
      for (let scene = waiting.shift(); scene; scene = waiting.shift()) {
        report.begins(scene);
        const played = await lane.play(scene);
        if (played === undefined) return void waiting.unshift(scene);
        report.ends(played, scene);
      }
    } finally {
      await lane.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(count, scenes.length) }, playAll));
  for (const scene of waiting) report.ends(failed(scene, 'every lane ended before it was played'), scene);
}
