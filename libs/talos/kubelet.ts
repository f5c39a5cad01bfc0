import { longestGraceSeconds, secondsOf } from '@home/home';
import type { KubeletSettings } from '@home/providers';

/** What Talos tells a kubelet that is told nothing: pkg/machinery/constants of Talos 1.13. */
const talosDefaults = { shutdownGracePeriod: '30s', shutdownGracePeriodCriticalPods: '10s' };

/** How long Talos waits for a kubelet that ends its pods; one that asks for more ends none in order. */
export const longestShutdownSeconds = 1200;

/** For DNS, the network and the API server, which end after the other pods. */
const criticalSeconds = 10;

/** The kubelet counts the unmounting of volumes in. */
const volumeSeconds = 10;

/**
 * How the kubelets of the home end pods. A node that stops gives its pods what these say, and not what they ask for; one
 * that runs short of memory gives them 1 s, unless it notices early. 400Mi are early: the kubelet's own limits (100Mi left
 * on the machine, or to its pods, which may not use the 512Mi that Talos reserves) come later, as long as Talos itself uses more
 * than 212Mi of those. https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/
 */
export const kubeletSettings: KubeletSettings = {
  shutdownGracePeriod: `${longestGraceSeconds + volumeSeconds + criticalSeconds}s`,
  shutdownGracePeriodCriticalPods: `${criticalSeconds}s`,
  evictionSoft: { 'memory.available': '400Mi' },
  evictionSoftGracePeriod: { 'memory.available': '20s' },
  // Left out, it is 0, and soft eviction no softer than the hard one.
  evictionMaxPodGracePeriod: longestGraceSeconds,
  // As long as the node takes no pods: with one node, the evicted app's own.
  evictionPressureTransitionPeriod: '1m0s',
};

/** How many seconds a kubelet gives a pod, at most. */
export interface GrantedSeconds {
  /** When its node shuts down or reboots, and the pod is not critical. */
  readonly shutdown: number;
  /** When memory runs short. */
  readonly eviction: number;
}

/** How many seconds pods get from a kubelet with these settings. */
export function grantedSeconds(settings: KubeletSettings): GrantedSeconds {
  const { shutdownGracePeriod: all, shutdownGracePeriodCriticalPods: critical } = {
    ...talosDefaults,
    ...settings,
  };
  return {
    shutdown: (secondsOf(all) ?? NaN) - (secondsOf(critical) ?? NaN),
    eviction: settings.evictionMaxPodGracePeriod ?? 0,
  };
}
