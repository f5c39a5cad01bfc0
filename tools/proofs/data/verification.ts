import { join } from 'node:path';
import { startPod } from './kubelet';
import type { Database } from './read-database';
import type { DataStage } from './stage';

/** How a run of the verification job ended. */
export interface Verdict {
  readonly good: boolean;
  readonly report: string;
}

const script = join(__dirname, '../../../maintenance/replica-verify/verify.sh');
const inContainer = '/usr/local/bin/verify';

/** Runs the generated verification job of a database, the stage's own if none is named, once, with the script of our own image. */
export async function verify(
  stage: DataStage,
  settings: Readonly<Record<string, string>> = {},
  { verification }: Database = stage.database,
): Promise<Verdict> {
  const containers = verification.containers.map((container) => ({
    ...container,
    command: ['/bin/sh', inContainer],
    env: { ...container.env, RETRY_SECONDS: '1', ...settings },
  }));
  const programs = { ...stage.image, [inContainer]: script };
  const started = await startPod({ ...verification, containers }, stage.newFolders(), programs);
  if ('refused' in started) throw new Error(started.refused);
  const [running] = started.containers;
  const exit = await running?.exit;
  return { good: exit?.code === 0, report: running?.lines.join('\n') ?? '' };
}
