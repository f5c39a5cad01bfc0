import { quoteCommand } from '@home/command';
import { filesBeside } from '@home/kubernetes';
import { dirname } from 'node:path';
import type { CopyScript } from '../imported';
import type { DiskAndShare } from '../surroundings';
import { type DataPlace, type PlacedMount, folderOfPlace } from './place-data';
import type { ComposeService } from './read-compose';
import { isFile } from './read-mounts';

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
  const scriptFor = (on: DataPlace['on'], when: string, ...settings: readonly string[]): CopyScript[] => {
    const own = whole.filter(({ mount }) => mount.place.on === on);
    const calls = own.map(({ service, mount }) =>
      callFor(service, mount, namespaceOf(service), share?.export),
    );
    const file = `copy-to-${on}.sh`;
    const text = [...Object.values(filesBeside(__dirname, file)), ...settings, ...calls, ''].join('\n');
    const of = own.map(({ service }) => service.name);
    return own.length === 0 ? [] : [{ file, when, of, text }];
  };
  return [
    ...scriptFor('share', 'before they start here', `nas=${share?.server ?? ''}`),
    ...scriptFor('disk', 'once they are applied here'),
  ];
}

function callFor(service: ComposeService, mount: PlacedMount, namespace: string, root = ''): string {
  const { place, target, inside } = mount;
  const isOne = isFile(mount);
  // A file keeps its name, and of a folder comes what it holds.
  const strip = isOne ? '0' : '1';
  const from = `${service.name}:${target}`;
  if (place.on === 'disk')
    return quoteCommand(['to_disk', place.owner, namespace, from, `${place.owner}-${place.folder}`, strip]);
  const below = isOne ? dirname(inside).replace(/^\.$/, '') : inside;
  const to = [root, folderOfPlace(place), ...(below === '' ? [] : [below])].join('/');
  return quoteCommand(['to_share', service.name, target, to, strip]);
}
