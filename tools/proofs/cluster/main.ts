import { type Given, runCommand } from '@home/command';
import { systemProgram } from '@life/programs';
import { type Outcome, formatOutcome, formatTally } from '../engine';
import { home } from '@home/home';
import { ProblemsError } from '@home/terraform';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Action, type Surroundings, actions } from './actions';
import { type Life, type PodAccess, accessPod } from './cluster';
import { type Gate, openGate } from './gate';
import { makeModule } from './proof-module';
import { type Settings, readSettings, usage } from './settings';

/** How long a pod writes before it is stopped. */
const lifeMilliseconds = 5000;

async function main({ values }: Given<typeof usage.options>): Promise<number> {
  const settings = readSettings(values);
  const missing = ['kubectl', home.terraform.binary].filter((name) => systemProgram(name) === undefined);
  if (missing.length > 0) throw problem(missing.join(', '), 'must be installed', 'See mise.toml');

  const folder = mkdtempSync(join(tmpdir(), 'prove-cluster-'));
  const namespace = `prove-cluster-${randomBytes(3).toString('hex')}`;
  const gate = await openGate(settings.gate, settings.endpoint);
  try {
    return await prove(settings, { folder, namespace, gate });
  } finally {
    await gate.shut();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Stage {
  readonly folder: string;
  readonly namespace: string;
  readonly gate: Gate;
}

async function prove(settings: Settings, { folder, namespace, gate }: Stage): Promise<number> {
  const module = await makeModule(folder, namespace, settings);
  try {
    let revision = 0;
    await module.apply({ revision, first: true });
    const pod = accessPod(settings.kubeconfig, namespace, module);
    const first = await pod.nextLife();
    // From now on a replica that is not there stops the pod, as everywhere in the home.
    const roll = () => module.apply({ revision: (revision += 1), first: false });
    return await playAll(settings, first, { pod, gate, roll });
  } finally {
    await module.destroy();
    console.log(`The namespace ${namespace} is gone; its replica stays at prove-cluster/${namespace}.`);
  }
}

async function playAll(
  { rounds, only }: Settings,
  first: Life,
  surroundings: Omit<Surroundings, 'life'>,
): Promise<number> {
  const outcomes: Outcome[] = [];
  let life = await nextAfter(first, surroundings.pod, surroundings.roll);
  for (const action of actions.filter(({ what }) => what.includes(only))) {
    const losses: number[] = [];
    let trouble: string | undefined;
    for (let round = 0; round < rounds && trouble === undefined; round++) {
      await sleep(lifeMilliseconds);
      const before = life;
      life = await nextAfter(before, surroundings.pod, () => action.act({ ...surroundings, life: before }));
      losses.push(before.newest() - life.found);
      if (life.integrity !== 'ok') trouble = `the database is damaged: ${life.integrity}`;
    }
    const outcome = judge(action, losses, trouble);
    console.log(formatOutcome(outcome));
    outcomes.push(outcome);
  }
  console.log(formatTally(outcomes));
  return outcomes.some(({ result }) => result === 'failed') ? 1 : 0;
}

/** Does something to a pod, and waits for the next one and for the last word of the old one. */
async function nextAfter(life: Life, pod: PodAccess, act: () => Promise<unknown>): Promise<Life> {
  await act();
  const next = await pod.nextLife(life);
  await life.over;
  return next;
}

function judge({ what, mayLose }: Action, losses: readonly number[], trouble: string | undefined): Outcome {
  const detail = trouble ?? `rows lost: ${losses.map((rows) => Math.max(0, rows)).join(', ')}`;
  const lost = losses.some((rows) => rows > 0) && mayLose !== true;
  return { what, result: lost || trouble !== undefined ? 'failed' : 'passed', detail };
}

const problem = (where: string, what: string, remedy: string) => new ProblemsError([{ where, what, remedy }]);

runCommand(usage, main);
