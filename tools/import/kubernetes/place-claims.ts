import type { Left } from '../imported';
import type { DiskAndShare, Surroundings } from '../surroundings';
import { dataKeeperOf } from './data-keepers';
import { type Fields, changeAt, fieldsOf, itemsOf, podPath } from './fields';
import { type Fitted, tell } from './fit-home';
import type { Manifest } from './read-manifests';

/** A volume that the home has a place for. */
export interface HomeVolume {
  /** A folder of the NAS' share, or one on the disk of a node. */
  readonly on: 'share' | 'disk';
  /** The folder below the share's export or the disk's. */
  readonly folder: string;
  /** The claim that it is for. */
  readonly claim: { readonly namespace: string; readonly name: string };
  readonly size?: unknown;
}

/** Where a node keeps data: Talos keeps /var over its upgrades. */
const diskFolder = '/var/lib/home-data';

/** The class of volumes that nobody provides on demand. */
export const classOf = ({ on }: Pick<HomeVolume, 'on'>): string => (on === 'share' ? 'nas' : 'disk');

/** A claim wants a size, and NFS and disks know none. */
export const anySize = '1Gi';

export const oneWriter = ['ReadWriteOnce'];

/** The spec of a PersistentVolume in the home, which is retained and waits for its claim. */
export function volumeSpec(volume: HomeVolume, { share, node }: DiskAndShare): Fields {
  const { on, folder, claim, size = anySize } = volume;
  const onNode = { key: 'kubernetes.io/hostname', operator: 'In', values: [node] };
  return {
    accessModes: oneWriter,
    storageClassName: classOf(volume),
    capacity: { storage: size },
    persistentVolumeReclaimPolicy: 'Retain',
    claimRef: claim,
    ...(on === 'share' && share !== undefined
      ? { nfs: { server: share.server, path: `${share.export}/${folder}` }, mountOptions: share.mountOptions }
      : {
          hostPath: { path: `${diskFolder}/${folder}` },
          nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [onNode] }] } },
        }),
  };
}

/**
 * Gives each claim a volume: nothing in the home provides them on demand. A claim of one pod gets a place on the share, or on a
 * node's disk where a database writes; one that several pods mount is told, and so is one with a class of its own.
 */
export function withVolumes(manifests: readonly Manifest[], { data }: Surroundings): Fitted {
  const classes = new Set(manifests.filter(({ kind }) => kind === 'StorageClass').map(({ name }) => name));
  const told: Left[] = [];
  const volumes = manifests.filter(({ kind }) => kind === 'PersistentVolume');
  const makers = manifests.filter(({ kind }) => podPath(kind) !== undefined);
  const volumeFor = (maker: Manifest, claim: string, size: unknown): Manifest => {
    const on = isOnDisk(maker) || data.share === undefined ? 'disk' : 'share';
    const namespace = maker.namespace ?? 'default';
    const folder = claim.startsWith(`${maker.name}-`)
      ? `${maker.name}/${claim.slice(maker.name.length + 1)}`
      : `${maker.name}/${claim}`;
    const spec = volumeSpec({ on, folder, claim: { namespace, name: claim }, size }, data);
    const what = `its claim gets a folder ${on === 'share' ? 'of the share' : 'on the disk of one node'}, and its data has to be copied there`;
    const remedy = 'docs/chores/bring-what-you-have.md says how';
    told.push(tell(maker, [what, remedy, 'hurts', `${claim} → ${folder}`]));
    const name = `${namespace}-${claim}`;
    const value = { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name }, spec };
    return { file: maker.file, where: maker.where, apiVersion: 'v1', kind: 'PersistentVolume', name, value };
  };
  const claimed = manifests.flatMap((manifest) => {
    if (manifest.kind !== 'PersistentVolumeClaim') return [manifest];
    const spec = fieldsOf(manifest.value['spec']);
    if (spec['volumeName'] !== undefined || isOwnClass(spec['storageClassName'], classes)) return [manifest];
    if (volumes.some((volume) => isFor(volume, manifest, spec))) return [manifest];
    const [maker, ...more] = makers.filter(
      (one) => one.namespace === manifest.namespace && mounts(one, manifest.name),
    );
    if (maker === undefined || more.length > 0 || copiesOf(maker) > 1) {
      const mounters = maker === undefined ? 'no pod here mounts' : 'several pods mount';
      const what = `is a claim that ${mounters}, and nothing in the home provides its volume`;
      told.push(tell(manifest, [what, 'Give it a PersistentVolume, and copy its data there', 'hurts']));
      return [manifest];
    }
    const { requests } = fieldsOf(spec['resources']);
    const volume = volumeFor(maker, manifest.name, fieldsOf(requests)['storage']);
    const bound = { accessModes: oneWriter, storageClassName: classIn(volume), volumeName: volume.name };
    return [
      volume,
      { ...manifest, value: changeAt(manifest.value, ['spec'], (own) => ({ ...own, ...bound })) },
    ];
  });
  const placed = claimed.flatMap((manifest) => {
    const spec = fieldsOf(manifest.value['spec']);
    const templates = itemsOf(spec['volumeClaimTemplates']).map(fieldsOf);
    if (manifest.kind !== 'StatefulSet' || templates.length === 0) return [manifest];
    const made: Manifest[] = [];
    const bound = templates.map((template) => {
      const own = fieldsOf(template['spec']);
      if (isOwnClass(own['storageClassName'], classes)) return template;
      const size = fieldsOf(fieldsOf(own['resources'])['requests'])['storage'];
      const names = Array.from({ length: copiesOf(manifest) }, (_, index) => {
        return `${String(fieldsOf(template['metadata'])['name'])}-${manifest.name}-${index}`;
      });
      const volumesOf = names.map((claim) => volumeFor(manifest, claim, size));
      made.push(...volumesOf);
      const [first] = volumesOf;
      const storageClassName = first === undefined ? undefined : classIn(first);
      return { ...template, spec: { ...own, accessModes: oneWriter, storageClassName } };
    });
    const value = changeAt(manifest.value, ['spec'], (own) => ({ ...own, volumeClaimTemplates: bound }));
    return [...made, { ...manifest, value }];
  });
  return { manifests: placed, told };
}

/** Whether a volume of the import waits for a claim: by its name, or by a class that nobody provides. */
function isFor({ value }: Manifest, claim: Manifest, wanted: Fields): boolean {
  const { claimRef, storageClassName = '' } = fieldsOf(value['spec']);
  const { name } = fieldsOf(claimRef);
  return name === undefined ? storageClassName === (wanted['storageClassName'] ?? '') : name === claim.name;
}

const classIn = ({ value }: Manifest): unknown => fieldsOf(value['spec'])['storageClassName'];

const isOwnClass = (name: unknown, classes: ReadonlySet<string>): boolean =>
  typeof name === 'string' && classes.has(name);

function copiesOf({ value }: Manifest): number {
  const { replicas = 1 } = fieldsOf(value['spec']);
  return Math.min(Number(replicas), 9);
}

const podIn = ({ kind, value }: Manifest): Fields =>
  (podPath(kind) ?? []).reduce<Fields>((part, step) => fieldsOf(part[step]), value);

const mounts = (maker: Manifest, claim: string): boolean =>
  itemsOf(podIn(maker)['volumes']).some(
    (volume) => fieldsOf(fieldsOf(volume)['persistentVolumeClaim'])['claimName'] === claim,
  );

const isOnDisk = (maker: Manifest): boolean =>
  itemsOf(podIn(maker)['containers']).some(
    (one) => dataKeeperOf(String(fieldsOf(one)['image'])) !== undefined,
  );
