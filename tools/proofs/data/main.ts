import { rmSync } from 'node:fs';
import { generatedReplicas, readGeneratedStack } from '@home/generated';
import {
  choose,
  commonOptions,
  isInside,
  laneInNamespaces,
  playInside,
  playLanes,
  runProof,
  skipAll,
  whyNoNamespaces,
} from '../engine';
import { findPrograms } from './find-programs';
import { scenes } from './scenes';
import { type DataStage, setStage } from './stage';

const usage = {
  command: 'npm run prove:data',
  help: `npm run prove:data -- [--short] [--rounds GRACEFUL,HARD] [--only TEXT] [--lanes N] [--from FOLDER]

Plays the pods of the generated files with the real Litestream, SQLite and an S3 server.
  --short    the selection that npm run check plays; builds no components
  --rounds   how many graceful restarts and how many kills are played: 30,20, and 200,100 on demand
  --only     only scenes whose title fits this regular expression
  --lanes    how many scenes are played at once
  --from     the folder of the generated files, if not terraform`,
  options: {
    ...commonOptions,
    rounds: { type: 'string' },
    lanes: { type: 'string', default: '4' },
    from: { type: 'string', default: 'terraform' },
  },
} as const;

interface Values {
  readonly short: boolean;
  readonly rounds?: string | undefined;
  readonly from: string;
}

/** The addresses of the store, which belong to the machine in the proof's own network. */
function storeAddresses(from: string): string[] {
  const replicas = generatedReplicas(readGeneratedStack('workloads', from));
  return [...new Set(replicas.map(({ endpoint }) => new URL(endpoint).hostname))];
}

/** Plays what the process outside asks for, on a stage that only this lane has. */
async function inside({ short, rounds, from }: Values): Promise<number> {
  const [gracefulRounds = 0, hardRounds = 0] = (rounds ?? (short ? '4,4' : '30,20')).split(',').map(Number);
  const found = await findPrograms(from, { build: false });
  if ('missing' in found) throw new Error(`These programs went away: ${found.missing.join('; ')}.`);
  const stage = await setStage(
    readGeneratedStack('platform', from),
    readGeneratedStack('workloads', from),
    found.programs,
    { short, gracefulRounds, hardRounds },
  );
  const good = await playInside(scenes, stage, `pods and replicas are kept in ${stage.base}`);
  await stage.end();
  // Somebody will want to look at what failed.
  if (good) rmSync(stage.base, { recursive: true, force: true });
  return good ? 0 : 1;
}

runProof(
  usage,
  async (values, report) => {
    const chosen = choose(scenes, values);
    const why = whyNoNamespaces();
    if (why !== undefined) return skipAll(chosen, why, report);
    const found = await findPrograms(values.from, { build: !values.short });
    if ('missing' in found) {
      const missing = found.missing.join('; ');
      return skipAll(
        chosen,
        `these components are missing: ${missing}. npm run components builds them`,
        report,
      );
    }
    const addresses = storeAddresses(values.from);
    await playLanes(chosen, Number(values.lanes), () => laneInNamespaces<DataStage>(addresses), report);
  },
  (values) => (isInside() ? inside(values) : undefined),
);
