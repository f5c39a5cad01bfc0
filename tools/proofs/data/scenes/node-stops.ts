import { type GrantedSeconds, grantedSeconds } from '@home/talos';
import { withConfig } from '../changed-pods';
import { type Pod, type Scene, demandDisproved } from '../../engine';
import type { DataStage } from '../stage';
import { failWhileStopping, outage } from './store-faults';

/**
 * What ends a pod beside Kubernetes' own deletion grants it other seconds than it asks for. The pod is made anew afterwards,
 * and its volume is gone.
 */
interface Ending {
  readonly called: string;
  readonly grants: (asked: number, node: GrantedSeconds) => number;
  /** The same without what the home does about it. */
  readonly unmended: {
    readonly called: string;
    readonly grants: (asked: number) => number;
    /** How long the store is away. */
    readonly seconds: number;
    readonly change?: (pod: Pod) => Pod;
  };
}

/** Talos evicts with this grace period when it shuts a machine down or resets it, whatever the pod asks for. */
const drainSeconds = 60;

/** The kubelet's own for a node that has run out of memory. */
const hardEvictionSeconds = 1;

/** The timeouts of a pod that has 70 s: they would outlast a store that is away for 63 s. */
const withLongUpload = (pod: Pod): Pod =>
  withConfig({ ...pod, graceSeconds: 70 }, (text) =>
    text
      .replace(/("shutdown-sync-timeout"): "\d+s"/, '$1: "65s"')
      .replace(/("shutdown-timeout"): "\d+s"/, '$1: "68s"'),
  );

const endings: readonly Ending[] = [
  {
    called: 'its node shuts down or reboots',
    grants: (asked, { shutdown }) => Math.min(asked, shutdown),
    unmended: {
      called: 'with the seconds that Talos grants by itself',
      grants: (asked) => Math.min(asked, grantedSeconds({}).shutdown),
      seconds: 30,
    },
  },
  {
    called: 'Talos drains its node',
    grants: () => drainSeconds,
    unmended: {
      called: 'when the pod counts on 70 s',
      grants: () => drainSeconds,
      seconds: 63,
      change: withLongUpload,
    },
  },
  {
    called: 'its node runs short of memory',
    grants: (asked, { eviction }) => Math.min(asked, eviction),
    unmended: {
      called: 'without soft eviction',
      grants: () => hardEvictionSeconds,
      seconds: 8,
    },
  },
];

/** The app itself needs most of what it may need. */
const stopping = { drainSeconds: 8 };

export const nodeStops = endings.flatMap(({ called, grants, unmended }): Scene<DataStage>[] => [
  {
    title: `loses nothing when ${called} while the store is away`,
    seconds: 60,
    impossible: ({ node }) =>
      node === undefined ? 'somebody else set up the machines of this home' : undefined,
    play: (stage) =>
      failWhileStopping(stage, 'refuse', outage(stage.amount.short), {
        ...stopping,
        graceSeconds: grants(stage.database.pod.graceSeconds, stage.node ?? grantedSeconds({})),
      }),
  },
  {
    title: `would lose rows there ${unmended.called}`,
    seconds: unmended.seconds + 20,
    play: (stage) =>
      demandDisproved(() =>
        failWhileStopping(stage, 'refuse', unmended.seconds, {
          ...stopping,
          change: unmended.change,
          graceSeconds: unmended.grants(stage.database.pod.graceSeconds),
        }),
      ),
  },
]);
