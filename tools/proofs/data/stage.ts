import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type GeneratedBlock, type GeneratedReplica, generatedReplicas } from '@home/generated';
import type { PodFolders, Programs } from './container';
import { type FakeHealthchecks, startHealthchecks } from './fake-healthchecks';
import { type FaultyProxy, startProxy } from './faulty-proxy';
import { type StartedPod, killPod } from './kubelet';
import { type Cluster, type Pod, readPod, replicatedWorkloads } from './pod';
import { type S3Programs, type S3Server, startS3 } from './s3-server';

const run = promisify(execFile);

/** An app or Litestream may be writing at that very moment. */
const waiting = ['-batch', '-bail', '-cmd', '.timeout 10000'];

/** A database of the home: its replica, the pod that runs its app, and the job that verifies the replica. */
export interface Database extends GeneratedReplica {
  readonly pod: Pod;
  readonly verification: Pod;
}

/** Programs that the proof runs, by path. */
export interface ProofPrograms extends S3Programs {
  readonly litestream: string;
  readonly litestream03: string | undefined;
}

/** How much is played. */
export interface Amount {
  /** A selection that fits into a check. */
  readonly short: boolean;
  readonly gracefulRounds: number;
  readonly hardRounds: number;
}

/** A world to play in: a store with faults, a stand-in for healthchecks.io, and the home's databases. */
export interface DataStage {
  readonly amount: Amount;
  readonly s3: S3Server;
  readonly proxy: FaultyProxy;
  readonly healthchecks: FakeHealthchecks;
  readonly databases: readonly Database[];
  readonly programs: ProofPrograms;
  /** What containers find in Litestream's image. */
  readonly image: Programs;
  readonly database: (workload?: string) => Database;
  /** The folders of a pod that was never there before. */
  readonly newFolders: () => PodFolders;
  /** Remembers a pod, which ends with its scene at the latest. */
  readonly remember: (pod: StartedPod) => void;
  /** Ends every pod that a scene left running, empties the bucket and heals the store. */
  readonly reset: () => Promise<void>;
  readonly sqlite: (file: string, ...statements: readonly string[]) => Promise<string>;
  /** Where all of it lies, for somebody who wants to know why something failed. */
  readonly base: string;
  readonly end: () => Promise<void>;
}

/**
 * Sets the stage. It has to happen in namespaces of its own, in which the store's address belongs to this machine.
 *
 * @param platform the blocks of the stack with the store
 * @param workloads the blocks of the stack with the databases
 */
export async function setStage(
  platform: readonly GeneratedBlock[],
  workloads: readonly GeneratedBlock[],
  programs: ProofPrograms,
  amount: Amount,
): Promise<DataStage> {
  const base = mkdtempSync(join(tmpdir(), 'prove-data-'));
  const s3 = await startS3(join(base, 's3'), programs, platform);
  const healthchecks = await startHealthchecks();
  const cluster: Cluster = {
    secrets: Object.fromEntries(
      secretNames(workloads).map((name) => [
        name,
        { LITESTREAM_ACCESS_KEY_ID: s3.keys.id, LITESTREAM_SECRET_ACCESS_KEY: s3.keys.secret },
      ]),
    ),
    computed: (block, attribute) => (attribute === 'ping_url' ? healthchecks.url(block.label) : undefined),
  };
  const databases = replicatedWorkloads(workloads).map((block) => readDatabase(block, workloads, cluster));
  const [first] = databases;
  if (first === undefined) throw new Error('No generated workload has a replicated database.');
  const endpoint = new URL(first.endpoint);
  const proxy = await startProxy(endpoint.hostname, Number(endpoint.port || 80), s3.address);

  let pods = 0;
  let running: StartedPod[] = [];
  const endPods = async (): Promise<void> => {
    const left = running;
    running = [];
    await Promise.all(left.map(killPod));
  };
  return {
    amount,
    s3,
    proxy,
    healthchecks,
    databases,
    programs,
    image: { '/usr/local/bin/litestream': programs.litestream },
    database: (workload) => {
      const found = workload === undefined ? first : databases.find((one) => one.workload === workload);
      if (found === undefined)
        throw new Error(`No generated workload ${workload} has a replicated database.`);
      return found;
    },
    newFolders: () => {
      const folder = join(base, `pod-${pods++}`);
      mkdirSync(folder);
      return { base: folder, volumes: join(folder, 'volumes') };
    },
    remember: (pod) => running.push(pod),
    reset: async () => {
      await endPods();
      await proxy.set('none');
      proxy.shiftClock(0);
      await s3.client('rm', '--recursive', '--force', `home/${s3.bucket}`).catch(() => '');
    },
    sqlite: async (file, ...statements) =>
      (await run('sqlite3', [...waiting, file, ...statements], { maxBuffer: 64 << 20 })).stdout.trim(),
    base,
    end: async () => {
      await endPods();
      await proxy.close();
      await healthchecks.close();
      await s3.stop();
    },
  };
}

/** Pods read their keys from one Secret, which the integrations make; here it holds the proof's own. */
function secretNames(blocks: readonly GeneratedBlock[]): string[] {
  const found = JSON.stringify(blocks.map(({ body }) => body)).matchAll(
    /"secret_ref":\[?\{"name":"([^"]+)"/g,
  );
  return [...new Set([...found].map(([, name = '']) => name))];
}

function readDatabase(block: GeneratedBlock, blocks: readonly GeneratedBlock[], cluster: Cluster): Database {
  const { workload } = block;
  const replica = generatedReplicas(blocks).find((one) => one.workload === workload);
  const job = blocks.find((one) => one.type === 'kubernetes_cron_job_v1' && one.workload === workload);
  if (replica === undefined) throw new Error(`No generated file configures Litestream for ${workload}.`);
  if (job === undefined) throw new Error(`No generated file verifies the replica of ${workload}.`);
  return { ...replica, pod: readPod(block, blocks, cluster), verification: readPod(job, blocks, cluster) };
}
