import { type LitestreamReplica, readLitestreamConfig } from '@home/kubernetes';
import { type GeneratedBlock, evaluate } from './generated-stack';

/** A replica as the generated files describe it; its file is the database's in the pod. */
export interface GeneratedReplica extends LitestreamReplica {
  readonly workload: string;
  /** Litestream's configuration as the pod reads it. */
  readonly config: string;
}

/** The replicas of all databases of a stack, in the order of their workloads. */
export function generatedReplicas(blocks: readonly GeneratedBlock[]): GeneratedReplica[] {
  return blocks
    .filter(({ type }) => type === 'kubernetes_config_map_v1')
    .flatMap(({ workload, body }) => {
      const data = (body['data'] ?? {}) as Readonly<Record<string, unknown>>;
      const written = data['litestream.yml'];
      if (written === undefined) return [];
      const config = evaluate(written, blocks);
      const { replicas = [] } = readLitestreamConfig(config) ?? {};
      return replicas.map((replica) => ({ ...replica, workload, config }));
    });
}
