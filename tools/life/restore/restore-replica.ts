import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readProgram, runProgram } from '@home/command';
import { keepDraft, withDraft, withTemporaryFolder, writeSecret } from '@home/files';
import type { GeneratedReplica } from '@home/generated';
import { isMoment } from '@home/home';
import { type Problem, ProblemsError, refuse } from '@home/terraform';
import { isInstalled, litestream, pathOf, systemProgram } from '@life/programs';
import { collect } from './collect';
import { type ReplicaSource, namesStore, replicaSource } from './replica-source';

/** The programs and keys that a restore needs. */
export interface RestoreTools {
  readonly litestream: string;
  readonly sqlite3: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly source: ReplicaSource;
}

const keys = ['LITESTREAM_ACCESS_KEY_ID', 'LITESTREAM_SECRET_ACCESS_KEY'] as const;

/**
 * Finds what a restore needs on this machine.
 *
 * @param image the image whose version of Litestream wrote the replicas
 * @param given where the keys are
 * @param replicas where they are read from, as `--replicas` says it; the home's own store, if left out
 * @throws ProblemsError with everything that is missing, and what is wrong with `replicas`
 */
export function findTools(
  image: string,
  given: Readonly<Record<string, string | undefined>>,
  replicas?: string,
): RestoreTools {
  const problems: Problem[] = [];
  const source = collect(problems, () => replicaSource(replicas));
  const component = litestream(image);
  const replicator = isInstalled(component) ? pathOf(component) : systemProgram('litestream');
  const sqlite3 = systemProgram('sqlite3');
  const missing = Object.entries({ litestream: replicator, sqlite3 }).filter(
    ([, path]) => path === undefined,
  );
  problems.push(
    ...missing.map(([where]) => ({ where, what: 'must be installed', remedy: '`mise install` gets it' })),
    ...keys
      .filter((name) => (source?.hasKeys ?? namesStore(replicas)) && !given[name])
      .map((where) => ({
        where,
        what: 'must be in the environment or in .env',
        remedy: 'Any key of the store will do that may read the bucket: docs/chores/restore-a-database.md',
      })),
  );
  if (source === undefined || replicator === undefined || sqlite3 === undefined || problems.length > 0)
    throw new ProblemsError(problems);
  // Nothing else reaches Litestream: a proxy or a certificate bundle of this machine is not meant for the NAS.
  const environment = Object.fromEntries(keys.map((name) => [name, given[name] ?? '']));
  return {
    litestream: replicator,
    sqlite3,
    environment: { PATH: process.env['PATH'] ?? '', ...environment },
    source,
  };
}

/** Which state of a replica is fetched, and into which file. */
interface RestoreTarget {
  readonly file: string;
  readonly timestamp?: string | undefined;
}

/**
 * Checks what a person asks for, before anything is fetched.
 *
 * @throws ProblemsError when the file exists already, or the time is none
 */
export function demandTarget({ file, timestamp }: RestoreTarget): void {
  const problems: Problem[] = [];
  const target = resolve(file);
  if (existsSync(target))
    problems.push({
      where: target,
      what: 'must not exist, since nothing is ever overwritten',
      remedy: 'Choose another file with --output',
    });
  if (timestamp !== undefined && !isMoment(timestamp))
    problems.push({
      where: '--timestamp',
      what: `"${timestamp}" must be a time with its zone`,
      remedy: 'Write it like 2026-11-20T08:00:00Z',
    });
  else if (timestamp !== undefined && Date.parse(timestamp) > Date.now())
    problems.push({
      where: '--timestamp',
      what: `"${timestamp}" must not lie in the future`,
      remedy: 'Leave it out for the newest state',
    });
  if (problems.length > 0) throw new ProblemsError(problems);
}

/**
 * Fetches a database from its replica into a local file.
 *
 * @param target which state, and a file that is not there yet; only its owner can read it
 * @throws ProblemsError when the replica cannot be restored
 */
export async function restoreReplica(
  tools: RestoreTools,
  replica: GeneratedReplica,
  { file, timestamp }: RestoreTarget,
): Promise<void> {
  const target = resolve(file);
  const at = timestamp === undefined ? [] : ['-timestamp', timestamp];
  await withDraft(target, async (draft) => {
    const { exitCode, complaint } = await withConfig(tools, replica, (config, env) =>
      runProgram(
        tools.litestream,
        ['restore', '-config', config, '-integrity-check', 'full', ...at, '-o', draft, replica.file],
        { env },
      ),
    );
    if (exitCode !== 0) {
      const remedy = remedyFor(tools.source.remedy(replica), complaint, timestamp);
      refuse(tools.source.nameOf(replica), `cannot be restored (${complaint})`, remedy);
    }
    // It may have taken its time.
    demandTarget({ file });
    keepDraft(draft, target);
  });
}

/** When the replica was written to last; undefined for one that only Litestream 0.3 has written. */
export async function lastWrite(tools: RestoreTools, replica: GeneratedReplica): Promise<Date | undefined> {
  const files = await listFiles(tools, replica);
  const last = lastOf(files);
  // The newest write is in several files: what came with it, and what was put together from that later.
  const times = files.filter((file) => file.max_txid === last).map(({ timestamp }) => Date.parse(timestamp));
  return times.length === 0 ? undefined : new Date(Math.min(...times));
}

/** The last transaction that the replica has: sixteen hexadecimal digits, or nothing. */
export const lastTransaction = async (tools: RestoreTools, replica: GeneratedReplica): Promise<string> =>
  lastOf(await listFiles(tools, replica));

const lastOf = (files: readonly LtxFile[]): string => newest(files.map(({ max_txid }) => max_txid));

/** The newest of transactions, which sort as texts. */
export const newest = (transactions: readonly string[]): string =>
  transactions.reduce((one, other) => (one > other ? one : other), '');

async function listFiles(tools: RestoreTools, replica: GeneratedReplica): Promise<readonly LtxFile[]> {
  const said = await withConfig(tools, replica, (config, env) =>
    readProgram(tools.litestream, ['ltx', '-config', config, '-level', 'all', '-json', replica.file], {
      env,
    }),
  );
  return JSON.parse(said) as readonly LtxFile[];
}

/** What Litestream says about one of its files. */
interface LtxFile {
  /** The last transaction in it: sixteen hexadecimal digits. */
  readonly max_txid: string;
  readonly timestamp: string;
}

/** Litestream's configuration as a file, and the environment in which it trusts the replica's store. */
async function withConfig<T>(
  { environment, source }: RestoreTools,
  replica: GeneratedReplica,
  use: (file: string, env: RestoreTools['environment']) => Promise<T>,
): Promise<T> {
  return withTemporaryFolder((folder) => {
    const file = join(folder, 'litestream.yml');
    writeSecret(file, source.configFor(replica, folder));
    // Nothing of its owner's, who may have settings of Litestream or of a store there.
    const own = { ...environment, HOME: folder };
    if (replica.ca === undefined) return use(file, own);
    const authorities = join(folder, 'authorities');
    writeSecret(join(authorities, 'ca.pem'), replica.ca);
    return use(file, { ...own, SSL_CERT_DIR: authorities });
  });
}

function remedyFor(otherwise: string, said: string, timestamp: string | undefined): string {
  if (said.includes('no matching backup files')) {
    return timestamp === undefined
      ? 'No replica is at this path: look for another path, or look into the NAS’ own backup'
      : 'Nothing was replicated before that time, or it is no longer kept; choose a later one';
  }
  return otherwise;
}

const units = [
  { name: 'day', seconds: 86_400 },
  { name: 'hour', seconds: 3600 },
  { name: 'minute', seconds: 60 },
] as const;

/** How long ago something was, in words: `3 hours ago`. */
export function formatAge(time: Date | undefined, now = new Date()): string {
  if (time === undefined) return 'by Litestream 0.3, which does not say when';
  const seconds = Math.max(0, (now.getTime() - time.getTime()) / 1000);
  const unit = units.find((one) => seconds >= one.seconds);
  if (unit === undefined) return 'less than a minute ago';
  const count = Math.floor(seconds / unit.seconds);
  return `${count} ${unit.name}${count === 1 ? '' : 's'} ago`;
}
