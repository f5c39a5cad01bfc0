import { chownSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runProgram } from '@home/command';
import { evaluate, one, readGeneratedStack } from '@home/generated';
import { systemProgram } from '@life/programs';
import { type Program, type Scene, demand, startProgram } from '../../engine';
import type { DataStage } from '../stage';

/** A folder of the NAS' share that a pod mounts. */
interface ShareFolder {
  readonly server: string;
  readonly path: string;
}

/** The folders of the share that the generated files name. */
export function sharesOf(from: string): ShareFolder[] {
  const workloads = readGeneratedStack('workloads', from);
  return workloads
    .filter(({ type }) => type === 'kubernetes_persistent_volume_v1')
    .map(({ body }) => one(one(one(body['spec'])['persistent_volume_source'])['nfs']))
    .map(({ server, path }) => ({ server: evaluate(server, workloads), path: evaluate(path, workloads) }));
}

/** Who owns the folders of the share: whoever writes becomes this user. */
const owner = 1000;

/** As whom the apps of the home write: root, the user of Node's images, and nobody. */
const writers = [0, 1000, 65534];

/** The export that docs/chores/keep-files.md describes, in the words of NFS-Ganesha. */
const configuration = (root: string): string => `
NFS_CORE_PARAM { Protocols = 4; Enable_NLM = false; Enable_RQUOTA = false; mount_path_pseudo = true; }
NFSv4 { Graceless = true; Only_Numeric_Owners = true; RecoveryBackend = fs; }
EXPORT {
  Export_Id = 1; Path = ${root}; Pseudo = /; Protocols = 4; Transports = TCP; SecType = sys;
  Access_Type = RW; Squash = All_Squash; Anonymous_Uid = ${owner}; Anonymous_Gid = ${owner};
  FSAL { Name = VFS; }
}
`;

/** What libnfs, a client that needs nothing of the kernel, is told of a place on the server. */
function urlOf({ server, path }: ShareFolder, uid: number, file = ''): string {
  const host = server.includes(':') ? `[${server}]` : server;
  return `nfs://${host}${path}${file}?version=4&uid=${uid}&gid=${uid}`;
}

async function startServer(folder: string, answers: () => Promise<boolean>): Promise<Program> {
  const file = join(folder, 'ganesha.conf');
  writeFileSync(file, configuration(join(folder, 'root')));
  const [log, pid] = [join(folder, 'ganesha.log'), join(folder, 'ganesha.pid')];
  const server = startProgram(['ganesha.nfsd', '-F', '-f', file, '-L', log, '-p', pid]);
  for (let attempt = 0; !(await answers()); attempt++) {
    if (attempt >= 100) {
      await kill(server);
      throw new Error(`The NFS server did not come up; ${log} says why.`);
    }
    await sleep(100);
  }
  return server;
}

async function kill(server: Program): Promise<void> {
  server.signal('SIGKILL');
  await server.exit;
}

async function writeAs(uid: number, share: ShareFolder, folder: string): Promise<void> {
  const { exitCode, complaint } = await runProgram('nfs-cp', [
    join(folder, 'text'),
    urlOf(share, uid, `/by-${uid}`),
  ]);
  demand(exitCode === 0, `user ${uid} cannot write into ${share.path}: ${complaint}`);
  await demandKept(uid, share);
  const file = statSync(join(folder, 'root', share.path, `by-${uid}`));
  demand(file.uid === owner && file.gid === owner, `user ${uid} left a file of ${file.uid}:${file.gid}`);
}

async function demandKept(uid: number, share: ShareFolder): Promise<void> {
  const { stdout } = await runProgram('nfs-cat', [urlOf(share, owner, `/by-${uid}`)]);
  demand(stdout === 'kept', `what user ${uid} wrote into ${share.path} is not there`);
}

/** Plays the NAS' side: the kernel has no client here, so that a pod cannot mount it. */
async function keepFiles({ base, from }: DataStage): Promise<string> {
  const shares = sharesOf(from);
  const folder = join(base, 'share');
  const [first] = shares;
  demand(first !== undefined, 'no generated workload keeps files');
  for (const { path } of shares) {
    const made = join(folder, 'root', path);
    mkdirSync(made, { recursive: true });
    chownSync(made, owner, owner);
  }
  writeFileSync(join(folder, 'text'), 'kept');
  const list = (where: ShareFolder) => runProgram('nfs-ls', [urlOf(where, owner)]);
  const answers = async () => (await list(first)).exitCode === 0;

  const server = await startServer(folder, answers);
  try {
    for (const share of shares) for (const uid of writers) await writeAs(uid, share, folder);
    const missing = await list({ ...first, path: `${first.path}/not-made` });
    demand(
      missing.exitCode !== 0 && missing.complaint.includes('NOENT'),
      `a folder that nobody made is there: ${missing.complaint}`,
    );
  } finally {
    await kill(server);
  }

  const began = Date.now();
  demand(!(await answers()), 'a server that is gone answers');
  const refused = Date.now() - began;
  const again = await startServer(folder, answers);
  try {
    for (const share of shares) for (const uid of writers) await demandKept(uid, share);
  } finally {
    await kill(again);
  }
  const written = shares.length * writers.length;
  return `${written} files in ${shares.length} folders, written by ${writers.length} users, belong to one; a folder that is not made is named; away at start: refused within ${refused} ms; killed and back: all there`;
}

const programs = ['ganesha.nfsd', 'nfs-cat', 'nfs-cp', 'nfs-ls'];

export const filesOnAShare: readonly Scene<DataStage>[] = [
  {
    title: 'keeps files in the folders of the share that the pods name, whoever writes them',
    seconds: 10,
    impossible: ({ from }) => {
      if (sharesOf(from).length === 0) return 'no app of this home keeps files';
      const missing = programs.filter((name) => systemProgram(name) === undefined);
      return missing.length === 0
        ? undefined
        : `${missing.join(', ')} missing; Debian's nfs-ganesha-vfs and libnfs-utils have them`;
    },
    play: keepFiles,
  },
];
