import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { keepTemporaryFolder, makeTemporaryFolder } from '@home/files';
import { readProgram } from '@home/command';
import { type GeneratedBlock, generatedReplicas, readGeneratedHome } from '@home/generated';
import type { Replica } from '@home/kubernetes';
import { type GrantedSeconds, grantedSeconds, kubeletSettingsIn } from '@home/talos';
import type { Cluster, Pod } from '../engine';
import { alertSecrets } from './alerts';
import type { PodFolders, Programs } from './container';
import { FakeHealthchecks } from './fake-healthchecks';
import { copyFilesToPlay, proxyPlace } from './files-to-play';
import { FaultyProxy } from './faulty-proxy';
import { type StartedPod, killPod } from './kubelet';
import { appWithOne, appWithTwo, replicaLike } from './own-apps';
import { type Database, isSettled, readDatabase } from './read-database';
import { minioIn } from './stores/minio';
import type { Store } from './stores/store';
import { startVersitygw } from './stores/versitygw';

/** An app or Litestream may be writing at that very moment. */
const waiting = ['-batch', '-bail', '-cmd', '.timeout 10000'];

/** Programs that the proof runs, by path. */
export interface ProofPrograms {
  readonly litestream: string;
  readonly versitygw: string;
  /** The client of S3. */
  readonly mc: string;
  /** Only for a home that has one. */
  readonly minio: string | undefined;
  readonly litestream03: string | undefined;
}

/** How much is played. */
export interface Amount {
  /** A selection that fits into a check. */
  readonly short: boolean;
  readonly gracefulRounds: number;
  readonly hardRounds: number;
}

/** Only the proxy reaches it; pods reach the proxy. */
const behindProxy = { address: '127.0.0.1:9001' };

/**
 * Sets the stage. It has to happen in namespaces of its own, in which the store's address belongs to this machine.
 *
 * @param given the folder of the generated files
 */
export async function setStage(given: string, programs: ProofPrograms, amount: Amount): Promise<DataStage> {
  const base = makeTemporaryFolder();
  const from = join(base, 'terraform');
  copyFilesToPlay(given, from);
  const blocks = readGeneratedHome(from);
  const of = (stack: string): GeneratedBlock[] => blocks.filter((block) => block.stack === stack);
  const [platform, workloads] = [of('platform'), of('workloads')];
  const [first] = generatedReplicas(workloads);
  if (first === undefined) throw new Error('No generated workload has a replicated database.');
  // A home with a MinIO has the same user there, for the scenes that need one.
  const wanted = { ...first, user: minioIn(platform)?.user ?? 'litestream' };
  const s3 = await startVersitygw(join(base, 's3'), programs, wanted, behindProxy);
  const healthchecks = new FakeHealthchecks();
  await healthchecks.start();
  const alerts = alertSecrets(blocks, healthchecks);
  const keys = { LITESTREAM_ACCESS_KEY_ID: s3.keys.id, LITESTREAM_SECRET_ACCESS_KEY: s3.keys.secret };
  const known: Cluster = {
    // The home makes these Secrets; here they hold the proof's own keys and addresses.
    secret: (name) => alerts.get(name) ?? keys,
    computed: (block, attribute) => (attribute === 'ping_url' ? healthchecks.url(block.label) : undefined),
  };
  const [alertsSecret] = alerts.keys();
  const replica = replicaLike(first, alertsSecret);
  const ofHome = generatedReplicas(workloads).map((one) => readDatabase(one, workloads, known));
  // Scenes want one that is there already and known by its tables, and another.
  const own = ofHome.length > 1 && ofHome.some(isSettled) ? [] : [appWithOne(replica)];
  for (const app of own) app.writeTo(from);
  const databases = [...ofHome, ...own.flatMap((app) => app.databases(known))];
  const { host, port } = proxyPlace(first.endpoint);
  const proxy = new FaultyProxy(host, port, s3.address);
  await proxy.open();
  return new DataStage(
    base,
    amount,
    programs,
    s3,
    proxy,
    healthchecks,
    databases,
    databases.find(isSettled) ?? readDatabase(first, workloads, known),
    appWithTwo(replica).databases(known),
    replica,
    readNode(of('cluster')),
    platform,
    known,
    from,
  );
}

/** A world to play in: a store with faults, a stand-in for healthchecks.io, and the home's databases. */
export class DataStage {
  #running: StartedPod[] = [];
  /** What containers find in Litestream's image. */
  readonly image: Programs;

  constructor(
    /** Where all of it lies, for somebody who wants to know why something failed. */
    readonly base: string,
    readonly amount: Amount,
    readonly programs: ProofPrograms,
    readonly s3: Store,
    readonly proxy: FaultyProxy,
    readonly healthchecks: FakeHealthchecks,
    readonly databases: readonly Database[],
    /** The one that scenes play with, unless they need several. */
    readonly database: Database,
    /** Those of one app that has several. */
    readonly several: readonly Database[],
    /** For another app of the proof's own. */
    readonly replica: Replica,
    /** What the kubelets of the home's machines give a pod that does not end by itself; of none that others set up. */
    readonly node: GrantedSeconds | undefined,
    /** The blocks that make the store. */
    readonly platform: readonly GeneratedBlock[],
    /** What pods find that the generated files do not say. */
    readonly known: Cluster,
    /** The folder of the generated files. */
    readonly from: string,
  ) {
    this.image = { '/usr/local/bin/litestream': programs.litestream };
  }

  /** The folders of a pod that was never there before. */
  newFolders(): PodFolders {
    const folder = join(this.base, `pod-${randomUUID()}`);
    mkdirSync(folder);
    return { base: folder, volumes: join(folder, 'volumes') };
  }

  /** The same world with other pods for its databases. */
  withPods(change: (pod: Pod) => Pod): DataStage {
    return this.#with(this.s3, change);
  }

  /** The same world with another store behind the proxy, which knows the same keys. */
  withStore(s3: Store): DataStage {
    return this.#with(s3, (pod) => pod);
  }

  #with(s3: Store, change: (pod: Pod) => Pod): DataStage {
    const changed = (database: Database): Database => ({ ...database, pod: change(database.pod) });
    return new DataStage(
      this.base,
      this.amount,
      this.programs,
      s3,
      this.proxy,
      this.healthchecks,
      this.databases.map(changed),
      changed(this.database),
      this.several.map(changed),
      this.replica,
      this.node,
      this.platform,
      this.known,
      this.from,
    );
  }

  /** Remembers a pod, which ends with its scene at the latest. */
  remember(pod: StartedPod): void {
    this.#running.push(pod);
  }

  async #endPods(): Promise<void> {
    await Promise.all(this.#running.splice(0).map(killPod));
  }

  /** Ends every pod that a scene left running, empties the bucket and heals the store. */
  async reset(): Promise<void> {
    await this.#endPods();
    await this.proxy.set('none');
    this.proxy.shift = 0;
    await this.s3.client('rm', '--recursive', '--force', `home/${this.s3.bucket}`).catch(() => '');
  }

  async sqlite(file: string, ...statements: readonly string[]): Promise<string> {
    return (await readProgram('sqlite3', [...waiting, file, ...statements])).trim();
  }

  /** @param good whether nothing failed that somebody will want to look at */
  async end(good: boolean): Promise<void> {
    await this.#endPods();
    await this.proxy.close();
    this.healthchecks.close();
    await this.s3.stop();
    if (good) rmSync(this.base, { recursive: true, force: true });
    else keepTemporaryFolder(this.base);
  }
}

/** A pod may run on any machine, so the least that one of them gives. */
function readNode(cluster: readonly GeneratedBlock[]): GrantedSeconds | undefined {
  const machines = cluster
    .filter(({ type }) => type === 'talos_machine_configuration')
    .map(({ body }) => grantedSeconds(kubeletSettingsIn(body['config_patches'] as readonly string[]) ?? {}));
  if (machines.length === 0) return undefined;
  const least = (of: keyof GrantedSeconds): number => Math.min(...machines.map((machine) => machine[of]));
  return { shutdown: least('shutdown'), eviction: least('eviction') };
}
