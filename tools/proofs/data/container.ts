import { randomUUID } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Container, type Pod, type Program, startProgram } from '../engine';

/** The folders of one pod on its node: its volumes, and where its containers' file systems are put together. */
export interface PodFolders {
  readonly base: string;
  /** Where the empty volumes are; a pod that comes back after a reboot finds the same ones. */
  readonly volumes: string;
  /** Where lies what outlives the pod; with its volumes, if left out. */
  readonly kept?: string;
}

/** A container's running program. */
export interface Running extends Program {
  readonly name: string;
  /** What the kubelet sends: to the container's first process alone. */
  readonly terminate: () => Promise<void>;
  /** The end of the container: of all its processes. */
  readonly kill: () => void;
}

/** Programs that stand for an image's own, by their path in the container. */
export type Programs = Readonly<Record<string, string>>;

const script = join(__dirname, 'sandbox.sh');

/**
 * Starts a container of a pod as a real process in namespaces of its own.
 *
 * @param onLine called with every line it writes, as it comes
 */
export function runContainer(
  pod: Pod,
  container: Container,
  folders: PodFolders,
  programs: Programs,
  onLine: (line: string) => void = () => undefined,
): Running {
  const root = join(folders.base, `root-${container.name}`);
  mkdirSync(root, { recursive: true });
  // As the container runtime does: what is mounted inside another folder comes after it.
  const mounts = [...container.mounts].sort((one, other) => depthOf(one.path) - depthOf(other.path));
  const binds = [
    ...mounts.map((mount) => `${volumeSource(pod, mount.volume, mount.subPath, folders)}=${mount.path}`),
    ...Object.entries(programs).map(([path, program]) => `${program}=${path}`),
  ];
  const { uid, gid } = container.user;
  const access = container.readOnlyRoot ? 'ro' : 'rw';
  const group = container.memoryLimit === undefined ? undefined : memoryGroup(container.memoryLimit);
  const sandbox = [
    'unshare',
    '--mount',
    '--propagation',
    'private',
    'sh',
    script,
    root,
    access,
    group ?? '-',
  ];
  const program = startProgram(
    [
      ...[...sandbox, String(uid), String(gid), String(pod.fsGroup ?? '-')],
      ...[...binds, '--', ...container.command, ...container.args],
    ],
    {
      endsTogether: true,
      env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', ...container.env },
    },
    onLine,
  );
  return {
    ...program,
    name: container.name,
    exit: program.exit.then(async (how) => {
      if (group !== undefined) await dissolve(group);
      return how;
    }),
    terminate: async () => {
      await untilHandled(program.pid);
      program.signal('SIGTERM', 'first');
    },
    kill: () => program.signal('SIGKILL'),
  };
}

/**
 * Makes a cgroup, of the first or the second version, whose processes are ended when they take more memory than a container may.
 *
 * @returns its folder; undefined where this machine lets nobody make one
 */
export function memoryGroup(bytes: number): string | undefined {
  const first = '/sys/fs/cgroup/memory';
  const isFirst = existsSync(join(first, 'tasks'));
  const parent = isFirst ? first : '/sys/fs/cgroup';
  try {
    if (!isFirst) appendFileSync(join(parent, 'cgroup.subtree_control'), '+memory');
    const group = join(parent, `proof-${randomUUID()}`);
    mkdirSync(group);
    writeFileSync(join(group, isFirst ? 'memory.limit_in_bytes' : 'memory.max'), String(bytes));
    return group;
  } catch {
    return undefined;
  }
}

/** Takes a group away as soon as the last process of it has ended. */
export async function dissolve(group: string): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++) {
    try {
      rmdirSync(group);
      return;
    } catch {
      await sleep(20);
    }
  }
}

const depthOf = (path: string): number => path.split('/').length;

function volumeSource(pod: Pod, name: string, subPath: string | undefined, folders: PodFolders): string {
  const volume = pod.volumes[name];
  if (volume === undefined) throw new Error(`The pod of ${pod.workload} has no volume ${name}.`);
  if (typeof volume === 'string') {
    const whole = folderOf(volume, name, folders);
    const part = join(whole, subPath ?? '');
    mkdirSync(part, { recursive: true });
    // As the kubelet does: what is mounted of a volume may be written by whoever may write the volume.
    chmodSync(part, statSync(whole).mode);
    return part;
  }
  const folder = join(folders.base, 'files', name);
  mkdirSync(folder, { recursive: true });
  for (const [key, content] of Object.entries(volume.files)) writeFileSync(join(folder, key), content);
  return join(folder, subPath ?? '');
}

/** Where a volume of a pod lies on its node, or on what stands for the NAS. */
export const folderOf = (volume: 'empty' | 'kept', name: string, folders: PodFolders): string =>
  join(volume === 'kept' ? (folders.kept ?? folders.volumes) : folders.volumes, name);

/**
 * Waits until a process handles SIGTERM. A container's first process is never ended by a signal that it does not handle
 * yet; here it would be, since it is nobody's first process.
 */
async function untilHandled(pid: number | undefined): Promise<void> {
  const sigterm = 1n << 14n;
  for (let attempt = 0; attempt < 200; attempt++) {
    const [, caught] = /^SigCgt:\s*([0-9a-f]+)/m.exec(statusOf(pid)) ?? [];
    if (caught === undefined || (BigInt(`0x${caught}`) & sigterm) !== 0n) return;
    await sleep(10);
  }
}

function statusOf(pid: number | undefined): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return ''; // it has ended
  }
}
