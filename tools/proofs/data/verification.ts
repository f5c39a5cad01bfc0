import { join } from 'node:path';
import { startPod } from './kubelet';
import type { Pod } from './pod';
import type { Database, DataStage } from './stage';

/** How a run of the verification job ended. */
export interface Verdict {
  readonly good: boolean;
  readonly report: string;
}

const script = join(__dirname, '../../../maintenance/replica-verify/verify.sh');

/** Runs the generated verification job of a database once, with the script of our own image. */
export async function verify(
  stage: DataStage,
  { verification }: Database,
  settings: Readonly<Record<string, string>> = {},
): Promise<Verdict> {
  const [container] = verification.containers;
  if (container === undefined)
    throw new Error(`The verification job of ${verification.workload} has no container.`);
  const folders = stage.newFolders();
  const pod: Pod = {
    ...verification,
    containers: [
      {
        ...container,
        command: ['/bin/sh', '/usr/local/bin/verify'],
        env: { ...container.env, RETRY_SECONDS: '1', ...settings },
      },
    ],
  };
  const started = await startPod(pod, folders, { ...stage.image, '/usr/local/bin/verify': script });
  if ('refused' in started) throw new Error(started.refused);
  const [running] = started.containers;
  const exit = await running?.exit;
  return { good: exit?.code === 0, report: running?.lines.join('\n') ?? '' };
}
