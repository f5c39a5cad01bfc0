import { dirname } from 'node:path';
import type { CopyScript } from '../imported';
import type { DiskAndShare } from '../surroundings';
import { type DataPlace, type PlacedMount, folderOfPlace } from './place-data';
import type { ComposeService } from './read-compose';
import { isFile } from './read-mounts';

/** A program that unpacks, in a pod that is gone afterwards. */
const unpacker = 'busybox:1.37.0';

/**
 * The scripts that copy all data, with a command for each place and folder in it. They read from the stopped service, whatever
 * kind of volume it has, and keep owners and rights.
 */
export function copyScripts(
  placed: ReadonlyMap<ComposeService, readonly PlacedMount[]>,
  namespaceOf: (service: ComposeService) => string,
  share: DiskAndShare['share'],
): CopyScript[] {
  const all = [...placed].flatMap(([service, mounts]) => mounts.map((mount) => ({ service, mount })));
  const holds = (one: PlacedMount, other: PlacedMount): boolean =>
    one.place === other.place && (one.inside === '' || other.inside.startsWith(`${one.inside}/`));
  const whole = all.filter(
    ({ mount }, index) =>
      mount.place.on !== 'scratch' &&
      !all.some(
        ({ mount: other }, at) =>
          (mount.inside !== other.inside && holds(other, mount)) ||
          (at < index && mount.place === other.place && mount.inside === other.inside),
      ),
  );
  const scriptFor = (on: DataPlace['on'], when: string, copy: string): CopyScript[] => {
    const own = whole.filter(({ mount }) => mount.place.on === on);
    const calls = own.map(({ service, mount }) =>
      callFor(service, mount, namespaceOf(service), share?.export),
    );
    const intro = `# Runs where the services ran, in the folder of their compose file and with them stopped, ${when}.`;
    const text = ['#!/bin/sh', intro, 'set -e', copy, ...calls, ''].join('\n');
    const of = own.map(({ service }) => service.name);
    return own.length === 0 ? [] : [{ file: `copy-to-${on}.sh`, when, of, text }];
  };
  return [
    ...scriptFor('share', 'before they start here', toShare(share?.server ?? '')),
    ...scriptFor('disk', 'once they are applied here', toDisk),
  ];
}

/** A file keeps its name, and of a folder comes what it holds. */
const strip = '--strip-components=${4-1}';

const toShare = (server: string): string =>
  `to_share() { docker compose cp "$1:$2" - | ssh ${server} "mkdir -p $3 && tar -xC $3 ${strip}"; }`;

/** A claim is filled by a pod, while nothing else writes. */
const toDisk = `to_disk() { kubectl -n $5 scale statefulset/$1 --replicas=0 && docker compose cp "$2" - | kubectl -n $5 run copy-$1 -i --rm --restart=Never --image=${unpacker} --overrides='{"spec":{"containers":[{"name":"copy","image":"${unpacker}","stdin":true,"command":["tar","-xC","/to","--strip-components='\${4-1}'"],"volumeMounts":[{"name":"to","mountPath":"/to"}]}],"volumes":[{"name":"to","persistentVolumeClaim":{"claimName":"'$3'"}}]}}'; }`;

function callFor(service: ComposeService, mount: PlacedMount, namespace: string, root = ''): string {
  const { place, target, inside } = mount;
  const isOne = isFile(mount);
  if (place.on === 'disk')
    return `to_disk ${place.owner} ${service.name}:${target} ${place.owner}-${place.folder} ${isOne ? 0 : 1} ${namespace}`;
  const below = isOne ? dirname(inside).replace(/^\.$/, '') : inside;
  const to = [root, folderOfPlace(place), ...(below === '' ? [] : [below])].join('/');
  return `to_share ${service.name} ${target} ${to}${isOne ? ' 0' : ''}`;
}
