import { parse } from 'yaml';
import { type GeneratedBlock, evaluate } from './generated-stack';

/** A replica as the generated files describe it. */
export interface GeneratedReplica {
  readonly workload: string;
  /** Litestream's configuration as the pod reads it. */
  readonly config: string;
  /** The database's file in the pod, by which the configuration knows it. */
  readonly file: string;
  /** Empty for AWS itself. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly path: string;
}

interface LitestreamFile {
  readonly dbs?: readonly {
    readonly path?: string;
    readonly replica?: { readonly endpoint?: string; readonly bucket?: string; readonly path?: string };
  }[];
}

/** The replicas of all databases of a stack, in the order of their workloads. */
export function generatedReplicas(blocks: readonly GeneratedBlock[]): GeneratedReplica[] {
  return blocks
    .filter(({ type }) => type === 'kubernetes_config_map_v1')
    .flatMap(({ workload, body }) => {
      const data = (body['data'] ?? {}) as Readonly<Record<string, unknown>>;
      const written = data['litestream.yml'];
      return written === undefined ? [] : readReplica(workload, evaluate(written, blocks));
    });
}

function readReplica(workload: string, config: string): GeneratedReplica[] {
  const { dbs = [] } = parse(config) as LitestreamFile;
  return dbs.flatMap(({ path: file, replica }) => {
    if (file === undefined || replica === undefined) return [];
    const { endpoint = '', bucket = '', path = '' } = replica;
    return [{ workload, config, file, endpoint, bucket, path }];
  });
}
