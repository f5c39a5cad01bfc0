import { readGeneratedStack } from '@home/generated';
import { type Outcome } from '../engine';
import { rmSync } from 'node:fs';
import { type Amount, Disproved, type Scene } from './scene';
import { type ProofPrograms, type Stage, setStage } from './stage';

/** What a lane is given to play. */
export interface LaneWork {
  readonly from: string;
  readonly amount: Amount;
  readonly programs: ProofPrograms;
}

/**
 * Plays scenes one after the other on a stage of their own.
 *
 * @param next gives the title of the next scene, or nothing when there is none
 * @param report called with every outcome as it comes
 */
export async function playLane(
  { from, amount, programs }: LaneWork,
  scenes: readonly Scene[],
  next: () => Promise<string | undefined>,
  report: (outcome: Outcome) => void,
): Promise<void> {
  const stage = await setStage(
    readGeneratedStack('platform', from),
    readGeneratedStack('workloads', from),
    programs,
  );
  let failed = false;
  for (let title = await next(); title !== undefined; title = await next()) {
    const scene = scenes.find((one) => one.title === title);
    if (scene === undefined) throw new Error(`There is no scene "${title}".`);
    const outcome = await playScene(scene, stage, amount);
    failed ||= outcome.result === 'failed';
    report(outcome);
  }
  await stage.end();
  // What failed wants to be looked at.
  if (!failed) rmSync(stage.base, { recursive: true, force: true });
}

async function playScene(scene: Scene, stage: Stage, amount: Amount): Promise<Outcome> {
  const { title: what } = scene;
  const why = scene.impossible?.(stage);
  if (why !== undefined) return { what, result: 'skipped', detail: why };
  const begin = Date.now();
  const seconds = (): string => `${Math.round((Date.now() - begin) / 1000)} s`;
  try {
    const measured = await scene.play(stage, amount);
    return { what, result: 'passed', detail: `${measured} (${seconds()})` };
  } catch (cause) {
    const said =
      cause instanceof Disproved ? cause.message : String(cause instanceof Error ? cause.stack : cause);
    return {
      what,
      result: 'failed',
      detail: `${said} (${seconds()}; pods and replicas are kept in ${stage.base})`,
    };
  }
}
