import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Given, exposedByGit, openTerminal, readEnvironment, runCommand } from '@home/command';
import {
  type GeneratedBlock,
  type GeneratedReplica,
  generatedReplicas,
  readGeneratedStack,
} from '@home/generated';
import { home } from '@home/home';
import { type Problem, ProblemsError, refuse } from '@home/terraform';
import { collect } from './collect';
import { drill, inspectDatabase, localQuery } from './drill';
import { demandTarget, findTools, formatAge, lastWrite, restoreReplica } from './restore-replica';

const help = `npm run restore -- WORKLOAD [--timestamp 2026-11-20T08:00:00Z] [--output FILE]
                   [--replicas URL-OR-FOLDER] [--from FOLDER]
npm run drill -- [--replicas URL-OR-FOLDER] [--from FOLDER]

restore fetches the newest state of a database, or that of a time, into a local
file, and looks into it. Of a workload with several it takes the path of the
replica. drill does so with every database of the home, and compares it with the
live one where the cluster answers.
  --replicas  reads a copy of the bucket instead: another store,
              s3://bucket/prefix?endpoint=https://… (AWS without an endpoint),
              or a folder that holds what is in the bucket
  --from      where the generated files lie, if not in terraform

Where replicas lie is read from the generated files; keys come from
LITESTREAM_ACCESS_KEY_ID and LITESTREAM_SECRET_ACCESS_KEY, in the environment or
in .env.`;

const drillUsage = {
  command: 'npm run drill',
  help,
  options: {
    replicas: { type: 'string' },
    from: { type: 'string', default: 'terraform' },
  },
} as const;

const restoreUsage = {
  command: 'npm run restore',
  help,
  options: {
    ...drillUsage.options,
    timestamp: { type: 'string' },
    output: { type: 'string' },
  },
  positionals: 1,
} as const;

async function runDrill({ values }: Given<typeof drillUsage.options>): Promise<number> {
  const environment = readOwnEnvironment();
  const problems: Problem[] = [];
  const blocks = collect(problems, () => readWorkloads(values.from));
  const tools = collect(problems, () => findTools(home.images.litestream, environment, values.replicas));
  if (blocks === undefined || tools === undefined) throw new ProblemsError(problems);
  return drill(
    root,
    tools,
    generatedReplicas(blocks),
    values.replicas === undefined ? { blocks, kubeconfig: environment['KUBE_CONFIG_PATH'] } : undefined,
  );
}

async function runRestore({ values, positionals }: Given<typeof restoreUsage.options>): Promise<number> {
  const [name] = positionals;
  const target = { file: values.output ?? `${name?.replaceAll('/', '_')}.db`, timestamp: values.timestamp };
  const problems: Problem[] = [];
  const replica = collect(problems, () => choose(generatedReplicas(readWorkloads(values.from)), name));
  collect(problems, () => demandTarget(target));
  problems.push(...(await exposedByGit(root, resolve(target.file))));
  const tools = collect(problems, () =>
    findTools(home.images.litestream, readOwnEnvironment(), values.replicas),
  );
  if (replica === undefined || tools === undefined || problems.length > 0) throw new ProblemsError(problems);

  const terminal = openTerminal();
  const { file } = target;
  terminal.step(`restoring ${replica.name} from ${tools.source.nameOf(replica)}`, 1, 1);
  await restoreReplica(tools, replica, target);
  const { integrity, rows } = await inspectDatabase(localQuery(tools.sqlite3, file));
  terminal.say(`${file}: integrity_check says ${integrity}`);
  for (const [table, count] of rows) terminal.say(`  ${table}: ${count} rows`);
  terminal.say(`the replica was last written ${formatAge(await lastWrite(tools, replica))}`);
  terminal.note(`in ${terminal.elapsed()}`);
  return integrity === 'ok' ? 0 : 1;
}

const root = join(__dirname, '../../..');

const readOwnEnvironment = () => readEnvironment(root, process.env);

/** The blocks of the stack that has the databases. */
function readWorkloads(from: string): GeneratedBlock[] {
  const folder = join(from, 'workloads');
  const names = existsSync(folder) && statSync(folder).isDirectory() ? readdirSync(folder) : [];
  if (!names.some((name) => name.endsWith('.tf.json')))
    refuse(
      '--from',
      `"${from}" must be the folder of the generated files`,
      'Name the folder that has workloads/*.tf.json; without --from it is terraform',
    );
  return readGeneratedStack('workloads', from);
}

function choose(replicas: readonly GeneratedReplica[], name: string | undefined): GeneratedReplica {
  const found = replicas.find((replica) => replica.name === name);
  if (found !== undefined) return found;
  const known = replicas.map((replica) => replica.name).join(', ');
  refuse(
    restoreUsage.command,
    name === undefined
      ? 'a workload with a database must be named'
      : `"${name}" must be a workload with a database`,
    `Name one of ${known}`,
  );
}

const [command, ...args] = process.argv.slice(2);
if (command === 'drill') runCommand(drillUsage, runDrill, args);
else runCommand(restoreUsage, runRestore, args);
