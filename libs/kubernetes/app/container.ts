import type { Kubernetes } from '@home/providers';
import { type Block, type Value, isExpression } from '@home/terraform';

/** A container in Kubernetes' own words, except for what every container of the home says in the same way. */
export interface ContainerProps extends Omit<Kubernetes.Container, 'env' | 'resources' | 'volume_mount'> {
  /** What the scheduler sets aside for it, such as `64Mi`. */
  readonly memory: string;
  readonly env?: Environment;
}

/**
 * A container that says how much memory it needs and gets no more rights than it starts with.
 *
 * @param mounts what it mounts of its pod's volumes
 */
export function container(
  { name, image, command, args, env, port, memory, security_context, ...more }: ContainerProps,
  mounts: readonly Kubernetes.VolumeMount[] | undefined,
): Kubernetes.Container {
  return {
    name,
    image,
    command,
    args,
    env: env && environment(env),
    port,
    resources: { requests: { memory } },
    security_context: security_context ?? containerSecurity,
    volume_mount: mounts,
    ...more,
  };
}

/** One key of a Secret, as the value of an environment variable. */
export interface SecretKey {
  readonly secret: Value<string>;
  readonly key: string;
}

/** Environment variables: their names and values, or where a value is kept; `undefined` counts as absent. */
export type Environment = Readonly<Record<string, Value<string> | number | boolean | SecretKey | undefined>>;

/**
 * Points an environment variable at a key of a Secret.
 *
 * @example env: { GOTIFY_DEFAULTUSER_PASS: fromSecret(admin, 'password') }
 */
export const fromSecret = (
  secret: Block<{ metadata: readonly { name?: string }[] }>,
  key: string,
): SecretKey => ({ secret: secret.ref.metadata[0].name, key });

/** The `env` blocks of a container; numbers and booleans become text, as the environment knows nothing else. */
export function environment(variables: Environment): Kubernetes.Env[] {
  return Object.entries(variables).flatMap(([name, value]): Kubernetes.Env[] => {
    if (value === undefined) return [];
    if (isExpression(value)) return [{ name, value }];
    return typeof value === 'object'
      ? [{ name, value_from: { secret_key_ref: { name: value.secret, key: value.key } } }]
      : [{ name, value: String(value) }];
  });
}

/** For every container of the home: no more rights than it starts with. */
export const containerSecurity = { allow_privilege_escalation: false } as const;

/** For a container that needs no right but those of a certain user. */
export const securityAs = ({ uid, gid }: { readonly uid: number; readonly gid: number }) => ({
  ...containerSecurity,
  run_as_non_root: true,
  capabilities: { drop: ['ALL'] },
  run_as_user: String(uid),
  run_as_group: String(gid),
});

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
