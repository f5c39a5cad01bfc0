import { type Problem, type Rule, isExpression, isPlainObject } from '@home/terraform';
import { stopSecondsAnnotation } from '../../litestream/litestream-config';
import { placeOf } from '../../read/objects';
import { type Pod } from '../../read/pods';
import { type Replication, replicationsIn } from '../../litestream/replications';

/** A replicated pod has the time for its app to stop, and then for Litestream to send what is left. */
export const requireTimeForLastSync: Rule = {
  name: 'require-time-for-last-sync',
  check: (home) =>
    replicationsIn(home).flatMap((replication) => [...checkGrace(replication), ...checkSync(replication)]),
};

function checkGrace({ pod, settings }: Replication): Problem[] {
  const grace = pod.spec['termination_grace_period_seconds'] ?? kubernetesDefault;
  const stop = stopSecondsOf(pod);
  if (settings === undefined || stop === undefined || isExpression(grace)) return [];
  const needed = stop + settings.shutdownSeconds;
  if (Number(grace) > needed) return [];
  const why = `the ${stop} s in which its app stops and the ${settings.shutdownSeconds} s of Litestream's shutdown-timeout`;
  return [
    {
      where: placeOf(pod.owned),
      what: `termination_grace_period_seconds ${Number(grace)} must be more than ${why}`,
      remedy: `Make it ${needed + 2} or more`,
    },
  ];
}

function checkSync({ pod, settings }: Replication): Problem[] {
  if (settings === undefined || settings.shutdownSyncSeconds <= settings.shutdownSeconds) return [];
  const { shutdownSyncSeconds, shutdownSeconds } = settings;
  return [
    {
      where: placeOf(pod.owned),
      what: `Litestream's shutdown-timeout of ${shutdownSeconds} s must not be shorter than its shutdown-sync-timeout of ${shutdownSyncSeconds} s`,
      remedy: 'Make shutdown-timeout longer',
    },
  ];
}

/** What Kubernetes grants a pod that asks for nothing. */
const kubernetesDefault = 30;

/** What an app is taken to need that says nothing. */
const usualStop = 10;

function stopSecondsOf({ annotations }: Pod): number | undefined {
  const said = isPlainObject(annotations) ? (annotations[stopSecondsAnnotation] ?? usualStop) : usualStop;
  return isExpression(said) ? undefined : Number(said);
}
