import { kebabCase } from '../code/names';
import type { Fields } from '../kubernetes/fields';
import { anySize, classOf, oneWriter, volumeSpec } from '../kubernetes/place-claims';
import type { Weight } from '../imported';
import type { DiskAndShare } from '../surroundings';
import { quantity } from './amounts';
import { dataKeeperOf } from '../kubernetes/data-keepers';
import { configuredBy } from './mounted-texts';
import { type KeptPlace, type PlacedMount, folderOfPlace, isKept, shareVolume } from './place-data';
import type { ComposeService } from './read-compose';
import { type HostPart, type Mount, hostPart, readMounts } from './read-mounts';

/** What a service mounts, as Kubernetes wants it. */
export interface ServiceVolumes {
  readonly volumes: readonly Fields[];
  readonly mounts: readonly Fields[];
  /** Texts that become ConfigMaps: the ConfigMap's name → file name → text. */
  readonly configs: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** Files that become a Secret. */
  readonly secretFiles: ReadonlyMap<string, { readonly text: string; readonly path: Mount['path'] }>;
  /** Places of data that this service is the first to mount: the claim's name → the place. */
  readonly claims: ReadonlyMap<string, KeptPlace>;
  /** The folders on the share, where all data is this service's alone and lies there: where they are mounted → which they are. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Why a part of the host is not mounted, and what to do about it. */
const hostLosses: Readonly<Record<HostPart, readonly [what: string, remedy: string, weight: Weight]>> = {
  socket: ['a socket of the host is not mounted', 'Run it beside what it talks to', 'hurts'],
  clock: ['is not mounted, since nodes run in UTC', 'Set TZ in its environment', 'usual'],
  device: [
    'a device of the host is not mounted',
    'Mount it as host_path in infra, and make the container privileged',
    'hurts',
  ],
  system: ['a folder of the host is not mounted', 'Mount it as host_path in infra, if it is wanted', 'hurts'],
};

/**
 * What a service mounts. Texts that it only reads come along as configuration; data gets a place that outlives the pod; what
 * belongs to the machine itself is told.
 */
export function serviceVolumes(
  service: ComposeService,
  name: string,
  placed: readonly PlacedMount[],
): ServiceVolumes {
  const volumes = new Map<string, Fields>();
  const mounts: Fields[] = [];
  const configs = new Map<string, Readonly<Record<string, string>>>();
  const secretFiles = new Map<string, { text: string; path: Mount['path'] }>();
  const claims = new Map<string, KeptPlace>();
  const secretName = `${name}-files`;
  const mount = (volume: Fields, { target, readOnly }: Mount, subPath = ''): void => {
    volumes.set(String(volume['name']), volume);
    const more = { ...(subPath !== '' && { subPath }), ...(readOnly && { readOnly }) };
    mounts.push({ name: volume['name'], mountPath: target, ...more });
  };
  // What is none of these is data, and among those that are placed.
  for (const one of readMounts(service)) {
    const { source, path, size, readOnly } = one;
    const part = hostPart(one);
    const share = shareVolume(service, one);
    const configured = configuredBy(one);
    if (one.kind === 'memory') {
      const sizeLimit = size === undefined ? {} : { sizeLimit: quantity(size) };
      mount({ name: `memory-${volumes.size + 1}`, emptyDir: { medium: 'Memory', ...sizeLimit } }, one);
    } else if (part !== undefined) {
      service.lose(path, ...hostLosses[part], source);
    } else if (share !== undefined) {
      mount({ name: kebabCase(source), nfs: { ...share, ...(readOnly && { readOnly }) } }, one);
    } else if (configured !== undefined) {
      const { texts, isSecret } = configured;
      const [[file = '', text = ''] = []] = Object.entries(texts);
      if (isSecret) {
        secretFiles.set(file, { text, path });
        mount({ name: secretName, secret: { secretName } }, { ...one, readOnly: true }, file);
        continue;
      }
      const config = `${name}-config${configs.size === 0 ? '' : `-${configs.size + 1}`}`;
      configs.set(config, texts);
      const isWritten = configured.isFile && !readOnly;
      if (isWritten)
        service.lose(
          path,
          'it can only be read, where it could be written',
          'Look whether the app writes it',
          undefined,
          source,
        );
      mount(
        { name: config, configMap: { name: config } },
        { ...one, readOnly: true },
        configured.isFile ? file : '',
      );
    }
  }
  for (const one of placed) {
    const claim = `${one.place.owner}-${one.place.folder}`;
    if (one.place.on === 'scratch') mount({ name: claim, emptyDir: {} }, one, one.inside);
    else mount({ name: claim, persistentVolumeClaim: { claimName: claim } }, one, one.inside);
    if (one.place.owner === name && isKept(one.place)) claims.set(claim, one.place);
    tellPlace(service, one);
  }
  const isOwnShare =
    new Set(placed.map(({ place }) => place)).size === placed.length &&
    placed.every(
      ({ place, inside, readOnly }) =>
        place.on === 'share' && place.users.size === 1 && inside === '' && !readOnly,
    );
  const files = Object.fromEntries(placed.map(({ target, place }) => [target, folderOfPlace(place)]));
  return {
    volumes: [...volumes.values()],
    mounts,
    configs,
    secretFiles,
    claims,
    ...(isOwnShare && { files }),
  };
}

function tellPlace(service: ComposeService, { place, target, path }: PlacedMount): void {
  const keeper = dataKeeperOf(String(service.fields['image']));
  if (place.on === 'scratch') {
    service.lose(
      path,
      'what is written there ends with the pod, as you allowed',
      'Keep it elsewhere',
      'hurts',
      target,
    );
  } else if (place.on === 'disk' && place.owner === service.here) {
    const sqlite = keeper?.sqlite;
    const what = `${sqlite === undefined ? 'a database' : 'SQLite'} that NFS would break lies on the disk of one node, without a replica`;
    const remedy =
      sqlite === undefined
        ? 'Save it by what its server has for that'
        : 'Describe it as database: { file, replica, … } where nothing else lies beside it';
    service.lose(path, what, remedy, 'hurts', sqlite ?? target);
  }
}

/** The volume and the claim of a place, bound to each other. */
export function volumeAndClaim(
  claim: string,
  place: KeptPlace,
  namespace: string,
  data: DiskAndShare,
): readonly { readonly kind: 'PersistentVolume' | 'PersistentVolumeClaim'; readonly spec: Fields }[] {
  const volume = { on: place.on, folder: folderOfPlace(place), claim: { namespace, name: claim } };
  const spec = {
    accessModes: oneWriter,
    storageClassName: classOf(volume),
    volumeName: claim,
    resources: { requests: { storage: anySize } },
  };
  return [
    { kind: 'PersistentVolume', spec: volumeSpec(volume, data) },
    { kind: 'PersistentVolumeClaim', spec },
  ];
}
