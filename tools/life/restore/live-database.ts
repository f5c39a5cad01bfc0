import { readProgram } from '@home/command';
import { type GeneratedBlock, type GeneratedReplica, evaluate, one } from '@home/generated';
import { home } from '@home/home';
import { type Query, lines } from './inspect-database';

/** Asks the database of a running pod, through the sqlite3 of its Litestream container. */
export function liveQuery(
  replica: GeneratedReplica,
  blocks: readonly GeneratedBlock[],
  kubeconfig?: string,
): Query {
  const set = blocks.find(
    ({ type, workload }) => type === 'kubernetes_stateful_set_v1' && workload === replica.workload,
  );
  const metadata = one(set?.body['metadata']);
  const [name, namespace] = ['name', 'namespace'].map((key) => evaluate(metadata[key], blocks));
  const pod = [
    'exec',
    '--namespace',
    namespace ?? '',
    `${name}-0`,
    '--container',
    'litestream-sidecar',
    '--',
  ];
  return async (statement) => {
    const said = await readProgram(
      'kubectl',
      [
        ...(kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig]),
        ...['--context', home.cluster.kubeconfigContext, '--request-timeout=10s'],
        ...[...pod, 'sqlite3', '-batch', '-bail', '-readonly', replica.file, statement],
      ],
      { timeout: 60_000 },
    );
    return lines(said);
  };
}

/** How many rows each table had before and after a restore: what is written meanwhile is no difference. */
export interface LiveRows {
  readonly before: ReadonlyMap<string, number>;
  readonly after: ReadonlyMap<string, number>;
}

/** The tables in which a restored database has another number of rows than the living one had. */
export function differences(restored: ReadonlyMap<string, number>, { before, after }: LiveRows): string[] {
  return [...new Set([...restored.keys(), ...before.keys()])].flatMap((table) => {
    const has = restored.get(table) ?? 0;
    const bounds = [before.get(table) ?? 0, after.get(table) ?? 0];
    const [least, most] = [Math.min(...bounds), Math.max(...bounds)];
    return has >= least && has <= most ? [] : [`${table} has ${has} rows, the living one ${most}`];
  });
}
