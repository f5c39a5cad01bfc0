import { type Kubernetes, resource } from '@home/providers';
import type { Value } from '@home/terraform';
import {
  type ContainerProps,
  appUser,
  beyondAnnotation,
  container,
  floatingImageAnnotation,
  secretRevisions,
  writableRootAnnotation,
} from './container';
import { demandMountable } from './check-mounts';
import type { Labels } from './labels';
import type { ServiceAccount } from './service-account';

/** What something that a container uses brings into its pod: files of configuration, a database. */
export interface PodPart {
  /** They change when the pods have to restart. */
  readonly annotations?: Readonly<Record<string, Value<string>>>;
  readonly volumes?: readonly Kubernetes.Volume[];
  /** What the pod's container mounts of them. */
  readonly mounts?: readonly Kubernetes.VolumeMount[];
  /** What runs before the pod's container or, as a native sidecar, around it. */
  readonly initContainers?: readonly Kubernetes.Container[];
  readonly spec?: Partial<Kubernetes.PodSpec>;
}

/** A kind of pod with one container, as this home runs it. */
export interface PodProps {
  readonly namespace: Value<string>;
  /** On the pods and on what makes them. They select its pods, so they stay once it exists. */
  readonly labels: Labels;
  /** Further labels for what makes the pods alone. */
  readonly ownLabels?: Readonly<Record<string, string>>;
  readonly container: ContainerProps;
  /** What runs beside it, and keeps nothing: each starts before it, in this order, and ends after it. */
  readonly beside?: readonly ContainerProps[];
  /** Commands that run before it starts, in its image and with all that it mounts. */
  readonly init?: readonly (readonly Value<string>[])[];
  /** For pods that talk to the Kubernetes API. */
  readonly account?: ServiceAccount;
  readonly uses?: readonly PodPart[];
  /** Why it asks for more than Kubernetes' standard `restricted` gives, such as the host's network. */
  readonly beyondRestricted?: string;
  /** What else is particular to the pod, such as the host's network. */
  readonly spec?: Partial<Kubernetes.PodSpec>;
}

/** For every pod of the home: only the system calls that the container runtime allows by default. */
export const podSecurity = { seccomp_profile: { type: 'RuntimeDefault' } } as const;

/**
 * A deploy waits for the whole stack at once, and pods that do not come up must not taint what makes them. For a
 * StatefulSet the provider even ends every update in place that waits for its rollout in an error.
 */
const wait_for_rollout = false;

/** One pod; the next one starts when it has ended, since two could not take one port of a node, nor one volume. */
export function deployment(name: string, props: PodProps) {
  return resource('kubernetes_deployment_v1', name, {
    metadata: metadataOf(name, props),
    spec: {
      replicas: '1',
      strategy: { type: 'Recreate' },
      selector: { match_labels: props.labels },
      template: podTemplate(props),
    },
    wait_for_rollout,
  });
}

/** One pod that never meets its successor: docs/decisions/0003-statefulset-for-sqlite.md. */
export function statefulSet(name: string, props: PodProps & { readonly serviceName: Value<string> }) {
  return resource('kubernetes_stateful_set_v1', name, {
    metadata: metadataOf(name, props),
    spec: {
      replicas: '1',
      service_name: props.serviceName,
      // With the default a pod that never gets ready blocks the change that would fix it.
      pod_management_policy: 'Parallel',
      selector: { match_labels: props.labels },
      template: podTemplate(props),
    },
    wait_for_rollout,
  });
}

/** A pod on every node. */
export function daemonSet(name: string, props: PodProps) {
  return resource('kubernetes_daemon_set_v1', name, {
    metadata: metadataOf(name, props),
    spec: { selector: { match_labels: props.labels }, template: podTemplate(props) },
    wait_for_rollout,
  });
}

/** A pod at certain times, and never two of them. */
export function cronJob(name: string, props: PodProps & Schedule) {
  const { labels, schedule, timezone } = props;
  const { metadata, spec } = podTemplate(props);
  return resource('kubernetes_cron_job_v1', name, {
    metadata: metadataOf(name, props),
    spec: {
      schedule,
      timezone,
      concurrency_policy: 'Forbid',
      failed_jobs_history_limit: 3,
      successful_jobs_history_limit: 1,
      job_template: {
        metadata: { labels },
        spec: { backoff_limit: 2, template: { metadata, spec: { ...spec, restart_policy: 'Never' } } },
      },
    },
  });
}

export interface Schedule {
  readonly schedule: string;
  readonly timezone: string;
}

const metadataOf = (name: string, { namespace, labels, ownLabels }: PodProps) => ({
  name,
  namespace,
  labels: { ...labels, ...ownLabels },
});

function podTemplate(props: PodProps) {
  const {
    labels,
    account,
    uses = [],
    beyondRestricted,
    spec,
    container: main,
    beside = [],
    init = [],
  } = props;
  const parts: readonly PodPart[] = [
    ...uses,
    ...beside.map(sidecar),
    ownFiles(main, 'scratch'),
    { annotations: annotationsOf(main, beyondRestricted) },
    ...init.map((_, index) => ({ annotations: annotationsOf({ ...main, name: initName(index) }) })),
  ];
  const mounts = parts.flatMap((part) => part.mounts ?? []);
  const before = [
    ...parts.flatMap((part) => part.initContainers ?? []),
    ...init.map((command, index) => initContainer(main, command, index, mounts)),
  ];
  return {
    metadata: { labels, annotations: merged(parts.map(({ annotations }) => annotations)) },
    spec: {
      ...spec,
      service_account_name: account?.name,
      automount_service_account_token: account !== undefined,
      // Kubernetes would set variables such as MEMOS_PORT, which apps take for their own settings.
      enable_service_links: false,
      security_context: { ...podSecurity, ...groupsOf(main), ...lowPorts([main, ...beside], spec) },
      ...merged(parts.map((part) => part.spec)),
      ...(before.length > 0 && { init_container: before }),
      container: [container(main, mounts)],
      volume: parts.flatMap(({ volumes }) => volumes ?? []),
    },
  };
}

/** A container beside another one, which Kubernetes starts before it and ends after it. */
function sidecar(props: ContainerProps): PodPart {
  const { mounts, volumes } = ownFiles(props, `scratch-${props.name}`);
  return {
    volumes,
    annotations: annotationsOf(props),
    initContainers: [{ ...container(props, mounts), restart_policy: 'Always' }],
  };
}

/** Nobody asks a container that ends how it is, nor at which port. */
function initContainer(
  main: ContainerProps,
  command: readonly Value<string>[],
  index: number,
  mounts: readonly Kubernetes.VolumeMount[],
): Kubernetes.Container {
  const unasked = {
    port: undefined,
    startup_probe: undefined,
    readiness_probe: undefined,
    liveness_probe: undefined,
  };
  return container({ ...main, ...unasked, name: initName(index), command, args: undefined }, mounts);
}

const initName = (index: number): string => `init-${index + 1}`;

/** Volumes belong to the group of whoever writes into them. */
function groupsOf({ user, root }: ContainerProps): Kubernetes.PodSecurityContext {
  const owner = user ?? (root === undefined ? appUser : undefined);
  const groups = user?.groups ?? [];
  return {
    ...(owner !== undefined && { fs_group: String(owner.gid) }),
    ...(groups.length > 0 && { supplemental_groups: groups }),
  };
}

/** Below 1024 a port is root's, unless its pod says otherwise. On the host's network it cannot. */
function lowPorts(
  containers: readonly ContainerProps[],
  spec: PodProps['spec'],
): Pick<Kubernetes.PodSecurityContext, 'sysctl'> {
  const ports = containers
    .flatMap(({ port }) => port ?? [])
    .map((one) => Number(Reflect.get(one, 'container_port')));
  const lowest = Math.min(...ports, 1024);
  if (lowest >= 1024 || spec?.host_network === true) return {};
  return { sysctl: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: String(lowest) }] };
}

/** What a container reads at its start, and why it, or its pod, asks for more than the home gives without being told. */
function annotationsOf(
  { name, env, root, floatingImage, writableRoot }: ContainerProps,
  ofPod?: string,
): PodPart['annotations'] {
  return {
    ...(writableRoot !== undefined && { [writableRootAnnotation(name)]: writableRoot }),
    ...secretRevisions(env),
    ...(ofPod !== undefined && { [beyondAnnotation(undefined)]: ofPod }),
    ...(root !== undefined && { [beyondAnnotation(name)]: root.why }),
    ...(floatingImage !== undefined && { [floatingImageAnnotation(name)]: floatingImage }),
  };
}

/** The folders that a container writes into outside the parts that it uses: they end with its pod. */
function ownFiles({ name, scratch = [] }: ContainerProps, volume: string) {
  for (const path of scratch) demandMountable(name, 'scratch', path);
  return {
    volumes: scratch.length === 0 ? [] : [{ name: volume, empty_dir: {} }],
    mounts: scratch.map((path) => ({ name: volume, mount_path: path, sub_path: path.slice(1) })),
  };
}

/** What several parts say together; of what two say, the later one counts. */
export const merged = <T extends object>(parts: readonly (T | undefined)[]): T => Object.assign({}, ...parts);
