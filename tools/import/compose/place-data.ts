import { basename, dirname, relative } from 'node:path';
import { kebabCase } from '../code/names';
import { fieldsOf } from '../kubernetes/fields';
import { configuredBy } from './mounted-texts';
import { dataKeeperOf } from '../kubernetes/data-keepers';
import type { ComposeService } from './read-compose';
import { type Mount, hostPart, isFile, readMounts } from './read-mounts';

/** Where what several mounts hold lies in the home. */
export interface DataPlace {
  /** A folder of the NAS' share, a folder on the disk of one node, or nothing that outlives the pod. */
  readonly on: 'share' | 'disk' | 'scratch';
  /** Whose it is: the service that mounts it first, and in what folder of its own. */
  readonly owner: string;
  readonly folder: string;
  readonly users: ReadonlySet<string>;
}

/** A place that outlives the pod. */
export type KeptPlace = DataPlace & { readonly on: 'share' | 'disk' };

export const isKept = (place: DataPlace): place is KeptPlace => place.on !== 'scratch';

/** A mount of data, and where it goes. */
export interface PlacedMount extends Mount {
  readonly place: DataPlace;
  /** The folder or file in it that is mounted, where it is not the whole. */
  readonly inside: string;
}

/** The NFS export that a volume of a compose file is. */
export interface ShareVolume {
  readonly server: string;
  readonly path: string;
}

/**
 * Finds a place for the data of all services of a file: what a server of databases or SQLite writes lies on a node's disk,
 * all else on the share. What several services mount is one place.
 *
 * @param given up services whose data may be lost
 */
export function placeData(
  services: readonly ComposeService[],
  givenUp: ReadonlySet<string>,
): ReadonlyMap<ComposeService, readonly PlacedMount[]> {
  const mounts = services.flatMap((service) => dataMounts(service).map((mount) => ({ service, mount })));
  const bound = mounts.flatMap(({ mount }) =>
    mount.from === undefined || isFile(mount) ? [] : [mount.from],
  );
  /** The outermost folder that is mounted and holds a path. */
  const rootOf = (from: string): string =>
    bound.reduce((root, one) => (one.length < root.length && from.startsWith(`${one}/`) ? one : root), from);
  const keyFor = ({ service, mount }: (typeof mounts)[number]): string => {
    if (mount.from !== undefined) return rootOf(isFile(mount) ? dirname(mount.from) : mount.from);
    return mount.source === '' ? `of ${service.name} at ${mount.target}` : `volume ${mount.source}`;
  };
  const groups = new Map<string, typeof mounts>();
  for (const one of mounts) groups.set(keyFor(one), [...(groups.get(keyFor(one)) ?? []), one]);
  const taken = new Set<string>();
  const placed = new Map<ComposeService, PlacedMount[]>();
  for (const [key, group] of groups) {
    const [first] = group;
    if (first === undefined) continue;
    const owner = first.service.here;
    const place: DataPlace = {
      on: group.every(({ service }) => givenUp.has(service.name))
        ? 'scratch'
        : group.some(({ service, mount }) => needsDisk(service, mount))
          ? 'disk'
          : 'share',
      owner,
      folder: folderFor(owner, first.mount, key, taken),
      users: new Set(group.map(({ service }) => service.name)),
    };
    for (const { service, mount } of group) {
      const inside = mount.from === undefined ? '' : relative(key, mount.from);
      placed.set(service, [...(placed.get(service) ?? []), { ...mount, place, inside }]);
    }
  }
  return placed;
}

/** What a service mounts and writes, or what others write for it; a server of databases also what it mounts nothing at. */
function dataMounts(service: ComposeService): Mount[] {
  const { image } = service.fields;
  const mounts = readMounts(service);
  const data = mounts.filter(
    (mount) =>
      mount.kind !== 'memory' &&
      hostPart(mount) === undefined &&
      shareVolume(service, mount) === undefined &&
      configuredBy(mount) === undefined,
  );
  const at = typeof image === 'string' ? dataKeeperOf(image)?.data : undefined;
  const isHeld = (folder: string): boolean =>
    mounts.some(
      ({ target }) => target === folder || folder.startsWith(`${target}/`) || target.startsWith(`${folder}/`),
    );
  if (at === undefined || isHeld(at)) return data;
  return [...data, { kind: 'volume', source: '', target: at, readOnly: false, path: ['image'] }];
}

/** Whether NFS would break what is written there. */
function needsDisk({ fields: { image } }: ComposeService, mount: Mount): boolean {
  const keeper = dataKeeperOf(String(image));
  if (keeper === undefined) return false;
  if (keeper.sqlite !== undefined)
    return keeper.sqlite === mount.target || keeper.sqlite.startsWith(`${mount.target}/`);
  return !isFile(mount) && !/(init|backup|dump|conf|restore|script)/i.test(mount.target);
}

/** `config` for `./sonarr/config`, and what its service calls it where that says nothing or is taken. */
function folderFor(owner: string, mount: Mount, key: string, taken: Set<string>): string {
  const named = mount.from === undefined ? mount.source : basename(key);
  const short = kebabCase(named || basename(mount.target) || 'data');
  const own = short.startsWith(`${owner}-`) ? short.slice(owner.length + 1) : short;
  const wish = own === owner ? kebabCase(basename(mount.target) || 'data') : own;
  let folder = wish;
  for (let number = 2; taken.has(`${owner}/${folder}`); number += 1) folder = `${wish}-${number}`;
  taken.add(`${owner}/${folder}`);
  return folder;
}

/** The folder of a place, below the share's export or that of the disk. */
export const folderOfPlace = ({ owner, folder }: Pick<DataPlace, 'owner' | 'folder'>): string =>
  `${owner}/${folder}`;

/** The NFS export that a named volume is, by `driver_opts`; undefined for any other. */
export function shareVolume({ top }: ComposeService, { kind, source }: Mount): ShareVolume | undefined {
  const { type, o, device } = fieldsOf(fieldsOf(fieldsOf(top['volumes'])[source])['driver_opts']);
  const server = /(?:^|,)addr=([^,]+)/.exec(String(o ?? ''))?.[1];
  if (kind !== 'volume' || !String(type).startsWith('nfs') || server === undefined) return undefined;
  return { server, path: String(device).replace(/^:/, '') };
}
