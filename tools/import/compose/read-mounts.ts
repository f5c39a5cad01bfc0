import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fieldsOf, itemsOf, listOf } from '../kubernetes/fields';
import type { Path } from '../source/read-yaml';
import type { ComposeService } from './read-compose';

/** Something that a service mounts. */
export interface Mount {
  readonly kind: 'bind' | 'volume' | 'memory';
  /** As the file names it: a path, or a volume; empty for a volume without a name. */
  readonly source: string;
  /** Where a bound path is on this machine. */
  readonly from?: string;
  readonly target: string;
  readonly readOnly: boolean;
  /** Of a secret: what the file calls it. */
  readonly secret?: string;
  /** Of memory: how much of it. */
  readonly size?: string;
  readonly path: Path;
}

/** All that a service mounts: its `volumes` in either form, `tmpfs`, and shared memory of its own size. */
export function readMounts(service: ComposeService): Mount[] {
  const { volumes, tmpfs, shm_size: shared } = service.fields;
  const mounts = itemsOf(volumes).map((item, index) => readMount(item, ['volumes', index]));
  const inMemory = listOf(tmpfs).map((item): Mount => {
    const [target = '', options = ''] = String(item).split(':');
    return memory(target, /(?:^|,)size=([^,]+)/.exec(options)?.[1], ['tmpfs']);
  });
  const all = [
    ...mounts,
    ...inMemory,
    ...mountedFiles(service, 'secrets', '/run/secrets/'),
    ...mountedFiles(service, 'configs', '/'),
    ...(shared === undefined ? [] : [memory('/dev/shm', String(shared), ['shm_size'])]),
  ].map((mount) => ({ ...mount, target: mount.target.replace(/(?<=.)\/+$/, '') }));
  const beside = dirname(service.file);
  return all.map((mount) =>
    mount.kind === 'bind'
      ? { ...mount, from: resolve(beside, mount.source.replace(/^~(?=\/|$)/, '/root')) }
      : mount,
  );
}

/** Files that the file itself declares, and that a service mounts by their names: secrets and configs. */
function mountedFiles(service: ComposeService, member: 'secrets' | 'configs', folder: string): Mount[] {
  return itemsOf(service.fields[member]).flatMap((item, index): Mount[] => {
    const { source = item, target } = fieldsOf(item);
    const path = [member, index];
    const { file } = fieldsOf(fieldsOf(service.top[member])[String(source)]);
    const at = String(target ?? source);
    return [
      {
        kind: 'bind',
        source: file === undefined ? '' : String(file),
        target: at.startsWith('/') ? at : `${folder}${at}`,
        readOnly: true,
        ...(member === 'secrets' && { secret: String(source) }),
        path,
      },
    ];
  });
}

const memory = (target: string, size: string | undefined, path: Path): Mount => ({
  kind: 'memory',
  source: '',
  target,
  readOnly: false,
  ...(size !== undefined && { size }),
  path,
});

/** `./nginx.conf:/etc/nginx/nginx.conf:ro`, `data:/var/lib/data`, `/cache`, or the long form. */
function readMount(item: unknown, path: Path): Mount {
  const { type = 'volume', source = '', target, read_only: readOnly, tmpfs } = fieldsOf(item);
  if (target !== undefined) {
    const size = fieldsOf(tmpfs)['size'];
    if (type === 'tmpfs') return memory(String(target), size === undefined ? undefined : String(size), path);
    const kind = type === 'bind' ? 'bind' : 'volume';
    return { kind, source: String(source), target: String(target), readOnly: readOnly === true, path };
  }
  const [first = '', second, options = ''] = String(item).split(/:(?![\\/]{2})/);
  if (second === undefined || !second.startsWith('/'))
    return { kind: 'volume', source: '', target: first, readOnly: false, path };
  return {
    kind: /^[./~]/.test(first) ? 'bind' : 'volume',
    source: first,
    target: second,
    readOnly: options.split(',').includes('ro'),
    path,
  };
}

/** A part of the machine itself. */
export type HostPart = 'socket' | 'clock' | 'device' | 'system';

/** What a bound path of the machine itself is, where it is nobody's data; undefined for any other. */
export function hostPart({ kind, from = '', target }: Mount): HostPart | undefined {
  if (kind !== 'bind') return undefined;
  if (/\.sock$/.test(from) || /\.sock$/.test(target)) return 'socket';
  if (/^\/(etc\/(localtime|timezone)|usr\/share\/zoneinfo)(\/|$)/.test(from)) return 'clock';
  if (/^\/dev(\/|$)/.test(from)) return 'device';
  const isSystem =
    /^\/((proc|sys|run|var\/run|boot|lib|lib64|usr|bin|sbin|etc|tmp\/\.X11-unix|var\/log|var\/lib\/docker)(\/|$)|$)/;
  return isSystem.test(from) ? 'system' : undefined;
}

/** Whether a bound path is a file: as it lies there, or by its name. */
export const isFile = ({ from = '', target }: Mount): boolean =>
  existsSync(from) ? statSync(from).isFile() : /[^/]\.[A-Za-z]\w{0,5}$/.test(from) && /\.\w+$/.test(target);
