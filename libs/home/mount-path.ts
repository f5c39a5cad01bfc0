/** The folders that a container's system consists of, with all that is in them. */
const systemTrees = [
  '/bin',
  '/boot',
  '/dev',
  '/lib',
  '/lib32',
  '/lib64',
  '/libx32',
  '/proc',
  '/sbin',
  '/sys',
];

/** The folders that hold a part of the system beside what may be an app's own: only they themselves are needed whole. */
const systemFolders: ReadonlySet<string> = new Set([
  ...['/', '/etc', '/etc/ca-certificates', '/etc/pki', '/etc/ssl', '/etc/ssl/certs', '/usr', '/usr/bin'],
  ...['/usr/lib', '/usr/lib32', '/usr/lib64', '/usr/libexec', '/usr/libx32', '/usr/local', '/usr/local/bin'],
  ...['/usr/local/lib', '/usr/local/sbin', '/usr/local/share', '/usr/sbin', '/usr/share', '/var', '/var/lib'],
]);

/** Shared memory, which some programs want more of than the 64 MB that they are given. */
const ofPrograms = '/dev/shm';

const folder = /^(\/(?!\.{1,2}(\/|$))[\w.@+-]+)+\/?$/;

/** A folder in the one way of writing that compares equal to itself: `/etc/briefly/` → `/etc/briefly`. */
export const normalizedFolder = (path: string): string => path.replace(/(?<=.)\/+$/, '');

/** Tells whether a text is the path of a folder as Kubernetes mounts volumes at: absolute, with nothing to resolve in it. */
export const isFolder = (path: string): boolean => path === '/' || folder.test(path);

/**
 * What keeps a volume from being mounted at a folder of a container: what must hold, or undefined. A volume hides what the
 * image has there, and a container without its shell, its certificates or its list of users starts no more.
 */
export function mountFault(path: string): string | undefined {
  const at = normalizedFolder(path);
  const isOfSystem =
    systemFolders.has(at) || systemTrees.some((tree) => at === tree || at.startsWith(`${tree}/`));
  return isOfSystem && at !== ofPrograms
    ? 'must not be a folder of the system, which a volume there would hide'
    : undefined;
}
