import { type Given, runCommand } from '@home/command';
import { generatedReplicas, readGeneratedStack } from '@home/generated';
import { type Outcome, formatOutcome, formatTally, isInside, whyNoNamespaces } from '../engine';
import { findPrograms } from './find-programs';
import { type LaneWork, playLane } from './lane';
import { type LaneMessage, runLanes } from './run-lanes';
import type { Amount } from './scene';
import { scenes } from './scenes';

const usage = {
  command: 'npm run prove:data',
  help: `npm run prove:data -- [--short] [--rounds GRACEFUL,HARD] [--only TEXT] [--lanes N] [--from FOLDER]

Plays the pods of the generated files with the real Litestream, SQLite and an S3 server.
  --short    the selection that npm run check plays; builds no components
  --rounds   how many graceful restarts and how many kills are played: 30,20, and 200,100 on demand
  --only     only scenes with this text in their title
  --from     the folder of the generated files, if not terraform`,
  options: {
    short: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    only: { type: 'string', default: '' },
    lanes: { type: 'string', default: '4' },
    from: { type: 'string', default: 'terraform' },
  },
} as const;

async function main({ values }: Given<typeof usage.options>): Promise<number> {
  const [gracefulRounds = 0, hardRounds = 0] = (values.rounds ?? (values.short ? '4,4' : '30,20'))
    .split(',')
    .map(Number);
  const amount: Amount = { short: values.short, gracefulRounds, hardRounds };

  const why = whyNoNamespaces();
  if (why !== undefined) return skipAll(`${why}; nothing was proved`);
  const found = await findPrograms(values.from, { build: !values.short });
  if ('missing' in found)
    return skipAll(
      `these components are missing: ${found.missing.join('; ')}. npm run components builds them`,
    );

  const chosen = scenes.filter(
    ({ title, short }) => title.includes(values.only) && (!values.short || short === true),
  );
  const begin = Date.now();
  const outcomes = await runLanes(
    chosen,
    Number(values.lanes),
    { from: values.from, amount, programs: found.programs },
    storeAddresses(values.from),
    (outcome) => console.log(formatOutcome(outcome)),
  );
  console.log(`in ${Math.round((Date.now() - begin) / 1000)} s, builds of components not counted`);
  console.log(formatTally(outcomes));
  return outcomes.some(({ result }) => result === 'failed') ? 1 : 0;
}

/** The addresses of the store, which belong to the machine in the proof's own network. */
function storeAddresses(from: string): string[] {
  const replicas = generatedReplicas(readGeneratedStack('workloads', from));
  return [...new Set(replicas.map(({ endpoint }) => new URL(endpoint).hostname))];
}

/** Loud, and no success: nothing was proved. */
function skipAll(detail: string): number {
  const outcome: Outcome = { what: 'the proof that no writes are lost', result: 'skipped', detail };
  console.log(formatOutcome(outcome));
  console.log(formatTally([outcome]));
  return 0;
}

async function lane(): Promise<number> {
  const work = JSON.parse(process.env['PROVE_DATA_LANE'] ?? '') as LaneWork;
  const say = (message: LaneMessage): void => void process.send?.(message);
  const next = (): Promise<string | undefined> =>
    new Promise((resolve) => {
      process.once('message', ({ title }: { title?: string }) => resolve(title));
      say({});
    });
  await playLane(work, scenes, next, (outcome) => say({ outcome }));
  return 0;
}

runCommand(usage, isInside() ? lane : main);
