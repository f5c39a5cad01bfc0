import { join } from 'node:path';
import { type Given, readEnvironment, runCommand } from '@home/command';
import { type GeneratedReplica, generatedReplicas, readGeneratedStack } from '@home/generated';
import { home } from '@home/home';
import { refuse } from '@home/terraform';
import { drill, inspectDatabase, localQuery } from './drill';
import { findTools, formatAge, lastWrite, restoreReplica } from './restore-replica';

const usage = {
  command: 'npm run restore',
  help: `npm run restore -- WORKLOAD [--timestamp 2026-11-20T08:00:00Z] [--output FILE] [--replicas URL-OR-FOLDER] [--from FOLDER]
npm run drill -- [--replicas URL-OR-FOLDER] [--from FOLDER]

restore fetches the newest state of a database, or that of a time, into a local file, and looks into it.
drill does so with every database of the home, and compares it with the live one where the cluster answers.
--replicas reads a copy of the bucket instead: another store, s3://bucket/prefix?endpoint=https://…, or a folder that
holds what is in the bucket. --from is where the generated files lie.
Where replicas lie is read from the generated files; keys come from LITESTREAM_ACCESS_KEY_ID and
LITESTREAM_SECRET_ACCESS_KEY, in the environment or in .env.`,
  options: {
    timestamp: { type: 'string' },
    output: { type: 'string' },
    replicas: { type: 'string' },
    from: { type: 'string', default: 'terraform' },
  },
  positionals: 2,
} as const;

async function main({ values, positionals }: Given<typeof usage.options>): Promise<number> {
  const [command, ...names] = positionals;
  const blocks = readGeneratedStack('workloads', values.from);
  const replicas = generatedReplicas(blocks);
  const environment = readEnvironment(join(__dirname, '../../..'), process.env);
  const tools = findTools(home.images.litestream, environment, values.replicas);
  if (command === 'drill')
    return drill(
      tools,
      replicas,
      values.replicas === undefined ? { blocks, kubeconfig: environment['KUBE_CONFIG_PATH'] } : undefined,
    );

  const replica = choose(replicas, names);
  const file = values.output ?? `${replica.workload}.db`;
  await restoreReplica(tools, replica, { file, timestamp: values.timestamp });
  const { integrity, rows } = await inspectDatabase(localQuery(tools.sqlite3, file));
  console.log(`${file}: integrity_check says ${integrity}`);
  for (const [table, count] of rows) console.log(`  ${table}: ${count} rows`);
  console.log(`the replica was last written ${formatAge(await lastWrite(tools, replica))}`);
  return integrity === 'ok' ? 0 : 1;
}

function choose(replicas: readonly GeneratedReplica[], [name, ...more]: readonly string[]): GeneratedReplica {
  const found = replicas.find(({ workload }) => workload === name);
  if (found !== undefined && more.length === 0) return found;
  const known = replicas.map(({ workload }) => workload).join(', ');
  refuse(
    'npm run restore',
    name === undefined
      ? 'a workload with a database must be named'
      : `"${[name, ...more].join(' ')}" must be a workload with a database`,
    `Name one of ${known}`,
  );
}

runCommand(usage, main);
