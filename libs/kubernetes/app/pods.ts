import { type Kubernetes, resource } from '@home/providers';
import type { Value } from '@home/terraform';
import {
  type ContainerProps,
  appUser,
  beyondAnnotation,
  container,
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

const metadataOf = (name: string, { namespace, labels, ownLabels }: PodProps) => ({
  name,
  namespace,
  labels: { ...labels, ...ownLabels },
});

function podTemplate({ labels, account, uses = [], beyondRestricted, spec, container: main }: PodProps) {
  const parts: readonly PodPart[] = [
    ...uses,
    ownFiles(main),
    { annotations: { ...secretRevisions(main.env), ...reasons(main, beyondRestricted) } },
  ];
  return {
    metadata: { labels, annotations: merged(parts.map(({ annotations }) => annotations)) },
    spec: {
      ...spec,
      service_account_name: account?.name,
      automount_service_account_token: account !== undefined,
      // Kubernetes would set variables such as MEMOS_PORT, which apps take for their own settings.
      enable_service_links: false,
      security_context: { ...podSecurity, ...groupOf(main), ...lowPorts(main, spec) },
      ...merged(parts.map((part) => part.spec)),
      container: [
        container(
          main,
          parts.flatMap(({ mounts }) => mounts ?? []),
        ),
      ],
      volume: parts.flatMap(({ volumes }) => volumes ?? []),
    },
  };
}

/** Volumes belong to the group of whoever writes into them. */
function groupOf({ user, root }: ContainerProps): { readonly fs_group?: string } {
  const owner = user ?? (root === undefined ? appUser : undefined);
  return owner === undefined ? {} : { fs_group: String(owner.gid) };
}

/** Below 1024 a port is root's, unless its pod says otherwise. On the host's network it cannot. */
function lowPorts(
  { port }: ContainerProps,
  spec: PodProps['spec'],
): Pick<Kubernetes.PodSecurityContext, 'sysctl'> {
  const ports = [port ?? []].flat().map((one) => Number(Reflect.get(one, 'container_port')));
  const lowest = Math.min(...ports, 1024);
  if (lowest >= 1024 || spec?.host_network === true) return {};
  return { sysctl: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: String(lowest) }] };
}

/** Why a pod, or its container, asks for more than the standard gives. */
function reasons({ name, root }: ContainerProps, ofPod: string | undefined): Record<string, string> {
  return {
    ...(ofPod !== undefined && { [beyondAnnotation(undefined)]: ofPod }),
    ...(root !== undefined && { [beyondAnnotation(name)]: root.why }),
  };
}

/** What a container writes outside the parts that it uses: folders that end with its pod, and whatever it says why. */
function ownFiles({ name, scratch = [], writableRoot }: ContainerProps): PodPart {
  for (const path of scratch) demandMountable(name, 'scratch', path);
  return {
    ...(writableRoot !== undefined && { annotations: { [writableRootAnnotation(name)]: writableRoot } }),
    volumes: scratch.length === 0 ? [] : [{ name: 'scratch', empty_dir: {} }],
    mounts: scratch.map((path) => ({ name: 'scratch', mount_path: path, sub_path: path.slice(1) })),
  };
}

const merged = <T extends object>(parts: readonly (T | undefined)[]): T => Object.assign({}, ...parts);
