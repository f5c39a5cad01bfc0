import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type GeneratedBlock, many, one, readGeneratedStack } from '@home/generated';
import { type Readiness, ProblemsError, refuse } from '@home/terraform';
import { readHouse, stackPlace, workloadsOf } from '@tools/nx-home/graph';
import { readRootModule } from '../root-module';
import type { Session } from '../session';
import { objectsIn, readState } from '../state/read-state';
import { ask, openKubernetes, unfinishedRollouts } from './kubernetes';

const pause = 2_000;

/**
 * Waits until everything that a stack calls its readiness answers.
 *
 * @param seconds how long all of it may take
 * @param meanwhile looks, each time that something is missing, for what makes it vain to wait, and throws that
 * @throws ProblemsError with what did not answer in that time
 */
export async function waitUntilReady(
  session: Session,
  stack: string,
  ready: readonly Readiness[],
  seconds: number,
  meanwhile: () => Promise<void> = async () => undefined,
): Promise<void> {
  const end = Date.now() + seconds * 1_000;
  for (const one of ready) {
    const start = Date.now();
    let missing = await whatIsMissing(session, stack, one);
    while (missing !== undefined) {
      if (Date.now() + pause > end) {
        refuse(
          stack,
          `is applied, but ${one.what} was not ready within ${seconds} s: ${missing}`,
          'Fix it and run `npm run deploy` again; it continues from there. --wait=SECONDS gives it more time',
        );
      }
      await meanwhile();
      session.terminal.status(`${stack}: waiting for ${one.what} (${missing})`);
      await sleep(pause);
      missing = await whatIsMissing(session, stack, one);
    }
    const waited = Math.round((Date.now() - start) / 1_000);
    session.terminal.note(`${stack}: ${one.what} answers${waited > 1 ? ` after ${waited} s` : ''}`);
  }
}

/** What is still missing, as a phrase; undefined when it is ready. */
async function whatIsMissing(session: Session, stack: string, ready: Readiness): Promise<string | undefined> {
  try {
    if ('http' in ready) {
      const { url, host, status: wanted = 200, isBelieved = false } = ready.http;
      const headers: Record<string, string> = host === undefined ? {} : { host };
      const tls = { rejectUnauthorized: !isBelieved };
      const { status } = await ask(url, { environment: session.environment, headers, tls });
      return status === wanted ? undefined : `${url} answers ${status}`;
    }
    if ('kubernetes' in ready) {
      const { status } = await openKubernetes(session.environment, ready.kubernetes.context).get('/readyz');
      return status === 200 ? undefined : `the API answers ${status}`;
    }
    const state = await readState(session, readRootModule(session.root, stack));
    const api = openKubernetes(session.environment, ready.rollouts.context);
    const [first, ...more] = await unfinishedRollouts(api, objectsIn(state));
    return first === undefined || more.length === 0 ? first : `${first} and ${more.length} more`;
  } catch (error) {
    if (error instanceof ProblemsError) throw error;
    return reasonOf(error);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}

/**
 * What has to answer before the stacks after this one start: what its `stack.ts` says, and then what its workloads do.
 *
 * @throws ProblemsError when the file does not export a stack
 */
export function readReadiness(root: string, stack: string): readonly Readiness[] {
  // What loads this file compiles those too.
  const load = createRequire(join(root, 'package.json'));
  const exportedBy = (file: string): Record<string, unknown> => Object(load(join(root, file)));
  const { file } = stackPlace(stack);
  const ready: unknown = Object(exportedBy(file)['default']).ready;
  if (Array.isArray(ready)) return [...ready, ...readinessOfWorkloads(root, stack, exportedBy)];
  refuse(file, 'must export a stack by default', 'Run `npm run generate`, which says more');
}

/** Only what says so is loaded: a deploy applies files that are there, whatever else is being changed. */
function readinessOfWorkloads(
  root: string,
  stack: string,
  exportedBy: (file: string) => Record<string, unknown>,
): Readiness[] {
  return workloadsOf(readHouse(root), stack)
    .filter(({ file }) => /^export const ready\b/m.test(readFileSync(join(root, file), 'utf8')))
    .flatMap(({ file }) => exportedBy(file)['ready'] as readonly Readiness[]);
}

/**
 * What was true for one deploy only, and would do harm if it stayed: databases that may start empty, and restore points.
 *
 * @param root the home's folder
 * @returns lines for people, to be taken back; none in a home as it should be
 */
export function exceptionsIn(root: string, stack: string): string[] {
  const blocks = readGeneratedStack(stack, join(root, 'terraform'));
  const first = workloadsWith(blocks, 'REPLICA_FIRST', 'new');
  const restoring = new Set([
    ...workloadsWith(blocks, 'RESTORE_TIMESTAMP'),
    ...workloadsWith(blocks, 'RESTORE_FROM'),
  ]);
  const lines: string[] = [];
  if (first.length > 0) {
    lines.push(
      `${stack}: ${first.join(', ')} may start with an empty database. That is for a first deploy only: take ` +
        "`replication.firstDeploy` in libs/home/facts.ts back to false, or `first: 'new'` out of the workload, " +
        'then `npm run generate` and `npm run deploy`',
    );
  }
  if (restoring.size > 0) {
    lines.push(
      `${stack}: ${[...restoring].join(', ')} was restored to what \`restore\` says. Take it out again, ` +
        'then `npm run generate` and `npm run deploy`',
    );
  }
  return lines;
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
