import type { Block, Value } from '@home/terraform';
import type { AppProps, FurtherContainer } from '../generated/web-app';
import { marginSeconds } from '../litestream/litestream-config';
import { replicatedDatabases } from '../litestream/replicated-database';
import { configFiles } from './config-files';
import { type ContainerProps, appUser, probes } from './container';
import { devicesOf } from './devices';
import { keptFiles } from './kept-files';
import { type Labels, ownKey } from './labels';
import { placeFor } from './place-on';
import { type PodProps, deployment, statefulSet } from './pods';

/** What the constructs of apps have in common. */
export interface AppPod {
  readonly pod: PodProps;
  /** What has to be there for the pod. */
  readonly config: readonly Block[];
  /** Its databases' and files' own blocks. */
  readonly data: readonly Block[];
  /** Whether it has data, so that it must never meet its successor. */
  readonly keeps: boolean;
}

/** Props that have been checked. */
type CheckedProps = AppProps & Pick<Required<AppProps>, 'namespace' | 'image' | 'memory'>;

/** The seconds that an app, or a container beside it, may take to stop that says nothing. */
export const usualStop = { app: 10, beside: 5 } as const;

/**
 * The pod of an app: its container and what runs beside it, and what they use: files of configuration, replicated
 * databases, files on the NAS, devices.
 *
 * @param own what its container has of its construct: ports and probes
 */
export function appPod(
  name: string,
  labels: Labels,
  props: CheckedProps,
  own: Partial<Pick<ContainerProps, 'port' | keyof ReturnType<typeof probes>>> = {},
): AppPod {
  const { namespace, hostNetwork = false, devices = [], containers = {} } = props;
  const app = { namespace, labels };
  const stopSeconds = stopSecondsOf(props);
  const config = props.config && configFiles(props.config.name, { ...app, ...props.config });
  const files = (props.files ?? props.media) && keptFiles(name, { ...app, ...props });
  const databases =
    (props.database ?? props.databases) &&
    replicatedDatabases(name, { ...app, ...props, user: props.user ?? appUser, stopSeconds });
  return {
    keeps: databases !== undefined || props.files !== undefined,
    config: config === undefined ? [] : [config.block],
    data: [...(databases?.blocks ?? []), ...(files?.blocks ?? [])],
    pod: {
      ...app,
      ownLabels: { [ownKey('sqlite-replicated')]: String(databases !== undefined) },
      spec: {
        // A pod with a database has the time that its last upload takes as well.
        ...((props.stopSeconds !== undefined || props.containers !== undefined) && {
          termination_grace_period_seconds: stopSeconds + marginSeconds,
        }),
        ...(hostNetwork && { host_network: true, dns_policy: 'ClusterFirstWithHostNet' }),
        ...placeFor(props),
      },
      beyondRestricted: props.beyondRestricted,
      uses: [config, databases, files, devicesOf(devices)].filter((part) => part !== undefined),
      beside: Object.entries(containers).map(([key, container]) => besideApp(key, container)),
      init: props.init,
      container: {
        ...containerOf(name, props),
        env: props.env ?? {},
        ...(devices.length > 0 && { opensDevices: true }),
        ...own,
      },
    },
  };
}

/** How long a pod may take from SIGTERM until all but Litestream has ended: its containers end one after the other. */
export const stopSecondsOf = ({ stopSeconds = usualStop.app, containers = {} }: AppProps): number =>
  Object.values(containers).reduce((sum, one) => sum + (one.stopSeconds ?? usualStop.beside), stopSeconds);

/** Without data, whatever ends first; with some, one that never meets its successor. */
export function singlePod(name: string, { pod, keeps }: AppPod, serviceName: Value<string>) {
  return keeps ? statefulSet(name, { ...pod, serviceName }) : deployment(name, pod);
}

function besideApp(name: string, { port, ...props }: FurtherContainer): ContainerProps {
  const container = containerOf(name, props);
  if (port === undefined) return container;
  return { ...container, port: [{ container_port: port }], ...probes({ port: String(port) }) };
}

/** What every container of an app may be given. */
const containerOf = (
  name: string,
  props: Omit<FurtherContainer, 'port' | 'stopSeconds'> | CheckedProps,
): ContainerProps => ({
  name,
  image: props.image,
  floatingImage: props.floatingImage,
  command: props.command,
  args: props.args,
  env: props.env,
  memory: props.memory,
  memoryLimit: props.memoryLimit,
  cpu: props.cpu,
  cpuLimit: props.cpuLimit,
  scratch: props.scratch,
  writableRoot: props.writableRoot,
  user: props.user,
  root: props.root,
});
