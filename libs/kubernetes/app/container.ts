import type { Kubernetes } from '@home/providers';
import { type Block, type Value, isExpression, tf } from '@home/terraform';
import { ownKey } from './labels';

/** A container in Kubernetes' own words, except for what every container of the home says in the same way. */
export interface ContainerProps extends Omit<
  Kubernetes.Container,
  'env' | 'name' | 'resources' | 'security_context' | 'volume_mount'
> {
  readonly name: string;
  /** What the scheduler sets aside for it, such as `64Mi`. */
  readonly memory: string;
  /** What it may take at most: the kernel ends it when it takes more, and nothing beside it. */
  readonly memoryLimit?: string | undefined;
  /** The same of processors, such as `100m`; left out, nothing is set aside, and it may take what there is. */
  readonly cpu?: string | undefined;
  readonly cpuLimit?: string | undefined;
  readonly env?: Environment;
  /** Folders that it writes into, and that may go with its pod. */
  readonly scratch?: readonly string[] | undefined;
  /** Why it has to write elsewhere too; nothing of that is kept. Left out, its root file system is read-only. */
  readonly writableRoot?: string | undefined;
  /** Why its image names no version, and so is another one some day. Left out, it has to name one. */
  readonly floatingImage?: string | undefined;
  /** The user and group that it runs as; or, where it starts as root, that it becomes by itself. */
  readonly user?: UserAndGroup | undefined;
  /** Why it has to start as root, and with which of root's rights. Left out, it never is root. */
  readonly root?: AsRoot | undefined;
  /** Whether it may use the devices that it mounts: Kubernetes knows no smaller right that opens them. */
  readonly opensDevices?: boolean;
}

export interface UserAndGroup {
  readonly uid: number;
  readonly gid: number;
  /** Further groups. */
  readonly groups?: readonly number[] | undefined;
}

export interface AsRoot {
  readonly why: string;
  readonly capabilities?: readonly string[] | undefined;
}

/** Whom an app runs as that says nothing: a user that owns nothing on a node. */
export const appUser: UserAndGroup = { uid: 1000, gid: 1000 };

/**
 * A container that says how much memory it needs, gets no more rights than it starts with, and writes nowhere but into
 * what it mounts.
 *
 * @param mounts what it mounts of its pod's volumes
 */
export function container(
  {
    name,
    image,
    command,
    args,
    env,
    port,
    memory,
    memoryLimit,
    cpu,
    cpuLimit,
    user = appUser,
    root,
    scratch: _,
    // Why its image floats is said in its pod.
    floatingImage: __,
    writableRoot,
    opensDevices = false,
    ...more
  }: ContainerProps,
  mounts: readonly Kubernetes.VolumeMount[] | undefined,
): Kubernetes.Container {
  const confined = root === undefined ? securityAs(user) : securityAsRoot(root.capabilities);
  const security = opensDevices ? openingDevices(confined) : confined;
  return {
    name,
    image,
    command,
    args,
    env: env && environment(env),
    port,
    resources: resources({ memory, memoryLimit, cpu, cpuLimit }),
    security_context:
      writableRoot === undefined ? security : { ...security, read_only_root_filesystem: false },
    volume_mount: mounts,
    ...more,
  };
}

/** One key of a Secret, as the value of an environment variable. */
export interface SecretKey {
  readonly secret: Value<string>;
  readonly key: string;
  /** Changes with what the key holds: a container reads it when it starts, so its pods start anew. */
  readonly revision?: { readonly of: string; readonly is: Value<string> } | undefined;
}

/** Environment variables: their names and values, or where a value is kept; `undefined` counts as absent. */
export type Environment = Readonly<Record<string, Value<string> | number | boolean | SecretKey | undefined>>;

/**
 * Points an environment variable at a key of a Secret.
 *
 * @example env: { GOTIFY_DEFAULTUSER_PASS: fromSecret(admin, 'password') }
 */
export function fromSecret(
  secret: Block<{ metadata: readonly { name?: string }[] }>,
  key: string,
): SecretKey {
  const revision = Reflect.get(secret.body, 'data_wo_revision') as Value<number> | undefined;
  return {
    secret: secret.ref.metadata[0].name,
    key,
    revision: revision === undefined ? undefined : { of: secret.label, is: tf`${revision}` },
  };
}

/** The annotations of a pod that change with the Secrets in the environment of its container. */
export const secretRevisions = (variables: Environment = {}): Record<string, Value<string>> =>
  Object.fromEntries(
    Object.values(variables).flatMap((value) =>
      typeof value === 'object' && !isExpression(value) && value.revision !== undefined
        ? [[ownKey(value.revision.of, 'secret'), value.revision.is]]
        : [],
    ),
  );

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

/** The memory and the processors of a container: what is set aside for it, and what it may take at most. */
export const resources = ({
  memory,
  memoryLimit,
  cpu,
  cpuLimit,
}: Pick<ContainerProps, 'memory' | 'memoryLimit' | 'cpu' | 'cpuLimit'>): Kubernetes.ContainerResources => ({
  requests: amounts({ memory, cpu }),
  limits: amounts({ memory: memoryLimit, cpu: cpuLimit }),
});

function amounts(
  given: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> | undefined {
  const said = Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return said.length === 0 ? undefined : Object.fromEntries(said);
}

/**
 * For every container of the home: no right that it does not name, and a root file system that it cannot write to. What
 * was written there would end with the container, and nobody would notice before.
 */
const containerSecurity = { allow_privilege_escalation: false, read_only_root_filesystem: true } as const;

/** The annotation of a pod that says why a container of it may write to its root file system; a rule asks for it. */
export const writableRootAnnotation = (container: string): string => ownKey(container, 'writable-root');

/** The annotation of a pod that says why the image of a container of it names no version; a rule asks for it. */
export const floatingImageAnnotation = (container: string): string => ownKey(container, 'floating-image');

/**
 * The annotation of a pod that says why it asks for more than Kubernetes' standard `restricted` gives; a rule asks for it.
 *
 * @param container the container that does; left out, the pod as a whole
 */
export const beyondAnnotation = (container: string | undefined): string =>
  container === undefined ? ownKey('beyond-restricted') : ownKey(container, 'beyond-restricted');

/** For a container that has to be root, and needs none of root's rights but these. */
const securityAsRoot = (capabilities: readonly string[] = []) => ({
  ...containerSecurity,
  run_as_user: '0',
  run_as_group: '0',
  capabilities: { drop: ['ALL'], ...(capabilities.length > 0 && { add: capabilities }) },
});

/** For a container that needs no right but those of a certain user. */
export const securityAs = ({ uid, gid }: UserAndGroup) => ({
  ...containerSecurity,
  run_as_non_root: true,
  capabilities: { drop: ['ALL'] },
  run_as_user: String(uid),
  run_as_group: String(gid),
});

/**
 * For a container that opens devices of its node: the kernel's list of devices is lifted for the privileged alone. Its user
 * and its read-only root stay.
 */
function openingDevices({
  allow_privilege_escalation: _,
  capabilities: __,
  ...security
}: Kubernetes.SecurityContext): Kubernetes.SecurityContext {
  return { ...security, privileged: true };
}

/** How Kubernetes finds out whether a container works. */
export interface Health {
  /** The path that answers when the app is well; without one, an open port counts. */
  readonly path?: Value<string>;
  /** The port's number or name. */
  readonly port: string;
  /** The address to ask, where it is not the pod's own: a container on the host's network that binds loopback only. */
  readonly host?: string;
  /** The host that is asked for, where the container answers for certain ones alone. */
  readonly hostHeader?: string;
}

/**
 * Startup, readiness and liveness probes. The startup probe gives a slow machine five minutes before liveness may restart
 * the container: a Raspberry Pi reads images from an SD card.
 *
 * @param alive how else to ask whether the container works, where it does long before it is of use
 */
export function probes(ready: Health, alive = ready) {
  return {
    startup_probe: { ...question(alive), period_seconds: 5, failure_threshold: 60 },
    ...steadyProbes(ready, alive),
  };
}

/** Readiness and liveness probes that ask different questions. */
export function steadyProbes(ready: Health, alive: Health) {
  return {
    readiness_probe: { ...question(ready), period_seconds: 10, failure_threshold: 3 },
    liveness_probe: { ...question(alive), period_seconds: 20, timeout_seconds: 5, failure_threshold: 6 },
  };
}

function question({ path, port, host, hostHeader }: Health): Kubernetes.Probe {
  if (path === undefined) return { tcp_socket: [{ port }] };
  const headers = hostHeader === undefined ? {} : { http_header: [{ name: 'Host', value: hostHeader }] };
  return { http_get: { path, port, host, ...headers } };
}
