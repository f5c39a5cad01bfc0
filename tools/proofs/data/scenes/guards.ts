import { Disproved, type Scene, demand } from '../../engine';
import { withScript } from '../changed-pods';
import { type Guard, guards } from '../guards';
import type { DataStage } from '../stage';

/**
 * Plays, for each line of the scripts that keeps data, its scene without that line: the scene has to fail, for the
 * reason that the line is there.
 *
 * @param scenes all others
 */
export const guardScenes = (scenes: readonly Scene<DataStage>[]): Scene<DataStage>[] =>
  guards.map((guard) => {
    const scene = scenes.find(({ title }) => title === guard.scene);
    if (scene === undefined) throw new Error(`There is no scene "${guard.scene}".`);
    const { seconds, impossible } = scene;
    return {
      title: `${guard.script} without \`${firstLineOf(guard)}\`: "${guard.scene}" fails`,
      withoutGuard: true,
      ...(seconds === undefined ? {} : { seconds }),
      ...(impossible === undefined ? {} : { impossible }),
      play: (stage, notes) => playWithout(guard, stage, (changed) => scene.play(changed, notes)),
    };
  });

const firstLineOf = ({ line }: Guard): string => line.trim().split('\n')[0] ?? '';

async function playWithout(
  { script, line, instead, says }: Guard,
  stage: DataStage,
  play: (stage: DataStage) => unknown,
): Promise<string> {
  const changed = stage.withPods((pod) =>
    withScript(pod, script, (text) => text.replace(line, () => instead)),
  );
  const said = await Promise.resolve(play(changed)).then(
    () => undefined,
    (cause: unknown) => (cause instanceof Error ? cause.message : String(cause)),
  );
  await changed.reset();
  demand(said !== undefined, 'nothing was noticed');
  if (!says.test(said)) throw new Disproved(`it failed, but for another reason: ${said}`);
  return `caught: ${said.split('\n')[0]}`;
}
