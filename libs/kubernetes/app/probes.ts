import type { Kubernetes } from '@home/providers';

/** How Kubernetes finds out whether a container works. */
export interface Health {
  /** The path that answers when the app is well; without one, an open port counts. */
  readonly path?: string;
  /** The port's number or name. */
  readonly port: string;
  /** The address to ask, where it is not the pod's own: a container on the host's network that binds loopback only. */
  readonly host?: string;
}

/**
 * Startup, readiness and liveness probes for one way of asking. The startup probe gives a slow machine five minutes
 * before liveness may restart the container: a Raspberry Pi reads images from an SD card.
 */
export function probes(health: Health) {
  return {
    startup_probe: { ...question(health), period_seconds: 5, failure_threshold: 60 },
    ...steadyProbes(health, health),
  };
}

/** Readiness and liveness probes that ask different questions. */
export function steadyProbes(ready: Health, alive: Health) {
  return {
    readiness_probe: { ...question(ready), period_seconds: 10, failure_threshold: 3 },
    liveness_probe: { ...question(alive), period_seconds: 20, timeout_seconds: 5, failure_threshold: 6 },
  };
}

function question({ path, port, host }: Health): Kubernetes.Probe {
  return path === undefined ? { tcp_socket: [{ port }] } : { http_get: { path, port, host } };
}
