import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type GeneratedBlock, many, one, readGeneratedStack } from '@home/generated';

/**
 * What was true for one deploy only, and would do harm if it stayed: databases that may start empty, and restore points.
 *
 * @param root the home's folder
 * @returns lines for people, to be taken back; none in a home as it should be
 */
export function exceptionsIn(root: string, stack: string): string[] {
  const folder = join(root, 'terraform');
  if (!existsSync(join(folder, stack))) return [];
  const blocks = readGeneratedStack(stack, folder);
  const first = workloadsWith(blocks, 'REPLICA_FIRST', 'new');
  const restoring = new Set(
    ['RESTORE_TIMESTAMP', 'RESTORE_FROM'].flatMap((name) => workloadsWith(blocks, name)),
  );
  return [
    ...(first.length === 0
      ? []
      : [
          `${stack}: ${first.join(', ')} may start with an empty database. That is for a first deploy only: take ` +
            "`replication.firstDeploy` in libs/home/facts.ts back to false, or `first: 'new'` out of the workload, " +
            'then `npm run generate` and `npm run deploy`',
        ]),
    ...(restoring.size === 0
      ? []
      : [
          `${stack}: ${[...restoring].join(', ')} was restored to what \`restore\` says. Take it out again, ` +
            'then `npm run generate` and `npm run deploy`',
        ]),
  ];
}

/** The workloads of which a container that runs before the app has a setting, with that value where one is given. */
function workloadsWith(blocks: readonly GeneratedBlock[], name: string, value?: string): string[] {
  return blocks
    .filter(({ body }) => {
      const spec = one(one(one(body['spec'])['template'])['spec']);
      return many(spec['init_container'])
        .flatMap((container) => many(container['env']))
        .some((entry) => entry['name'] === name && (value === undefined || entry['value'] === value));
    })
    .map(({ workload }) => workload);
}
