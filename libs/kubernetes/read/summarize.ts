import type { Body, Owner, OwnedBlock } from '@home/terraform';
import { blocksAt } from './known-body';
import { objectsIn } from './objects';
import { type Pod, podMemory, podsIn } from './pods';
import { formatReplica, replicationsIn } from '../litestream/replications';

/** What people want to know of a workload, where it is known before Terraform runs. */
export interface WorkloadSummary {
  readonly owner: Owner;
  /** The names under which it is reached. */
  readonly hosts: readonly string[];
  /** What runs in its pods, helpers left out. */
  readonly images: readonly string[];
  /** What helps it: init containers, sidecars, jobs. */
  readonly helperImages: readonly string[];
  /** The files of its databases. */
  readonly databases: readonly string[];
  /** Where they are replicated to. */
  readonly replicas: readonly string[];
  /** The folders of shares that its files lie in: `192.168.107.4:/export/home/nocodb`. */
  readonly files: readonly string[];
  /** What runs by a schedule: its name and when. */
  readonly jobs: readonly string[];
  /** What the scheduler sets aside for the pods that always run, in bytes. */
  readonly memory: number;
}

/** Sums up the workloads of a home that run something in the cluster, in the order of their blocks. */
export function summarize(home: readonly OwnedBlock[]): WorkloadSummary[] {
  const owners = new Map(home.map(({ owner }) => [owner.where, owner]));
  const ingresses = objectsIn(home).ofKind('ingress');
  const volumes = objectsIn(home).made('persistentvolume');
  return [...owners].flatMap(([where, owner]) => {
    const isOwn = (owned: OwnedBlock): boolean => owned.owner.where === where;
    const own = podsIn(home).filter((pod) => isOwn(pod.owned));
    const hosts = ingresses.filter(({ owned }) => isOwn(owned)).flatMap(({ body }) => hostsIn(body));
    if (own.length === 0 && hosts.length === 0) return [];
    const steady = own.filter((pod) => !isJob(pod));
    const images = imagesOf(steady, true);
    const settings = replicationsIn(home).flatMap((one) => (isOwn(one.pod.owned) ? [one.settings] : []));
    return [
      {
        owner,
        hosts,
        images,
        helperImages: [...imagesOf(steady, false), ...imagesOf(own.filter(isJob))].filter(
          (image, index, all) => !images.includes(image) && all.indexOf(image) === index,
        ),
        databases: settings.flatMap((one) => one?.databases ?? []),
        replicas: settings.flatMap((one) => one?.replicas.map(formatReplica) ?? []),
        files: volumes.filter(({ owned }) => isOwn(owned)).flatMap(({ body }) => foldersIn(body)),
        jobs: own.flatMap(({ maker, makerSpec }) =>
          maker.kind === 'cronjob' ? `${String(maker.name)}: ${String(makerSpec['schedule'])}` : [],
        ),
        memory: steady.reduce((sum, pod) => sum + podMemory(pod), 0),
      },
    ];
  });
}

const isJob = ({ maker }: Pod): boolean => maker.kind === 'job' || maker.kind === 'cronjob';

/** The images of main containers, of the others, or of all. */
function imagesOf(pods: readonly Pod[], main?: boolean): string[] {
  const containers = pods.flatMap((pod) => pod.containers);
  const images = containers
    .filter(({ role }) => main === undefined || (role === 'main') === main)
    .map(({ body }) => body['image'])
    .filter((image) => typeof image === 'string');
  return [...new Set(images)];
}

const hostsIn = (ingress: Body): string[] =>
  blocksAt(ingress, ['spec', 'rule']).flatMap(({ host }) => (typeof host === 'string' ? [host] : []));

const foldersIn = (volume: Body): string[] =>
  blocksAt(volume, ['spec', 'persistent_volume_source', 'nfs']).map(
    ({ server, path }) => `${String(server)}:${String(path)}`,
  );
