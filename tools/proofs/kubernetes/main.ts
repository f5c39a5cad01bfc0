import {
  type JudgedSpec,
  type JudgedSpecs,
  blockOfSpec,
  judgedFile,
  readJudgedSpecs,
} from '@home/kubernetes';
import { refuse } from '@home/terraform';
import { systemProgram } from '@life/programs';
import { writeFileSync } from 'node:fs';
import { type Scene, demand, laneOn, playLanes, runProof } from '../engine';
import { ApiServer } from './api-server';
import { toObject } from './to-object';

const usage = {
  command: 'npm run prove:kubernetes',
  help: `npm run prove:kubernetes -- --kubeconfig FILE --context NAME [--only TEXT]
                            [--record]

Asks a real API server about each object of
libs/kubernetes/rules/accepted/judged.json, and says where its verdict is no
longer the one that stands there. All it asks is what would happen (dryRun=All):
nothing is made, changed or removed.
  --kubeconfig  how the server is reached
  --context     which of the file's contexts; the current one is not guessed
  --only        only kinds whose name fits this regular expression
  --record      writes the server's verdicts into the table instead`,
  options: {
    kubeconfig: { type: 'string' },
    context: { type: 'string' },
    only: { type: 'string', default: '' },
    record: { type: 'boolean', default: false },
  },
} as const;

interface Reach {
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
}

async function reach({ kubeconfig, context }: Reach): Promise<ApiServer> {
  if (kubeconfig === undefined || context === undefined)
    refuse(
      usage.command,
      'must be told which server to ask',
      'Add --kubeconfig FILE --context NAME: one of a version that the home runs',
    );
  if (systemProgram('kubectl') === undefined) refuse('kubectl', 'must be installed', 'See mise.toml');
  return ApiServer.of(kubeconfig, context);
}

const table = readJudgedSpecs();

const judge = async (server: ApiServer, spec: JudgedSpec): ReturnType<ApiServer['judge']> => {
  const { type, body } = blockOfSpec(table, spec);
  const object = toObject(type, body);
  if (object === undefined) throw new Error(`${type} makes no object of Kubernetes that is recorded`);
  return server.judge(object);
};

const scenes: Scene<ApiServer>[] = Object.keys(table.bases).map((base) => ({
  title: `the server says to each ${base.replaceAll('_', ' ')} what the table says`,
  async play(server) {
    const specs = table.specs.filter((spec) => spec.base === base && spec.onlyApplied !== true);
    const differences: string[] = [];
    for (const spec of specs) {
      const { verdict, said = '' } = await judge(server, spec);
      if (verdict !== spec.verdict)
        differences.push(`${spec.name}: ${verdict}, not ${spec.verdict}. ${said}`);
    }
    demand(differences.length === 0, differences.join('\n'));
    return `${specs.length} objects`;
  },
}));

/** Writes down what the server says to everything. */
async function record(values: Reach): Promise<number> {
  const server = await reach(values);
  const specs: JudgedSpec[] = [];
  for (const spec of table.specs) {
    const { name, base, change, stricter } = spec;
    const asked = spec.onlyApplied === true ? spec : await judge(server, spec);
    specs.push({ name, base, change, ...asked, ...(stricter !== undefined && { stricter }) });
  }
  writeFileSync(judgedFile, formatTable({ ...table, server: await server.version(), specs }));
  console.log(`${specs.length} verdicts written to ${judgedFile}`);
  return 0;
}

/** One spec on each line, so that a changed verdict is one changed line. */
function formatTable({ server, bases, specs }: JudgedSpecs): string {
  const lines = (items: readonly string[]): string => items.map((item) => `    ${item}`).join(',\n');
  const named = Object.entries(bases).map(
    ([name, base]) => `${JSON.stringify(name)}: ${JSON.stringify(base)}`,
  );
  return `{
  "server": ${JSON.stringify(server)},
  "bases": {
${lines(named)}
  },
  "specs": [
${lines(specs.map((spec) => JSON.stringify(spec)))}
  ]
}
`;
}

runProof(usage, {
  scenes,
  instead: (values) => (values.record ? record(values) : undefined),
  async play(chosen, values, report) {
    const server = await reach(values);
    await playLanes(chosen, 1, () => laneOn(server), report);
  },
});
