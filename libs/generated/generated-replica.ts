import { type LitestreamReplica, readLitestreamConfig } from '@home/kubernetes';
import { refuse } from '@home/terraform';
import { type GeneratedBlock, evaluate } from './generated-stack';

/** A replica as the generated files describe it; its file is the database's in the pod. */
export interface GeneratedReplica extends LitestreamReplica {
  readonly workload: string;
  /** What people call it: its workload or, where that has several, its path. */
  readonly name: string;
  /** Litestream's configuration as the pod reads it. */
  readonly config: string;
  /** The certificate of its store's own authority, if that has one. */
  readonly ca: string | undefined;
}

/**
 * The replicas of all databases of a stack, in the order of their workloads. What the configuration lists without a
 * file is no database that could be restored, and left out.
 *
 * @throws ProblemsError for a configuration that cannot be read: it may well have replicas
 */
export function generatedReplicas(blocks: readonly GeneratedBlock[]): GeneratedReplica[] {
  const found = blocks
    .filter(({ type }) => type === 'kubernetes_config_map_v1')
    .flatMap(({ stack, workload, body }) => {
      const data = (body['data'] ?? {}) as Readonly<Record<string, unknown>>;
      const written = data['litestream.yml'];
      if (written === undefined) return [];
      const config = evaluate(written, blocks);
      const ca = data['ca.pem'] === undefined ? undefined : evaluate(data['ca.pem'], blocks);
      const settings = readLitestreamConfig(config);
      if (settings === undefined) refuseConfig(stack, workload);
      return settings.replicas
        .filter(({ file }) => file !== '')
        .map((replica) => ({ ...replica, workload, config, ca }));
    });
  const countOf = (workload: string): number => found.filter((one) => one.workload === workload).length;
  return found.map((one) => ({ ...one, name: countOf(one.workload) > 1 ? one.path : one.workload }));
}

function refuseConfig(stack: string, workload: string): never {
  refuse(
    `terraform/${stack}/${workload}.tf.json`,
    'litestream.yml must be a configuration that Litestream can read, with databases under dbs',
    `Correct it where ${workload} is described, and run \`npm run generate\``,
  );
}
