import { approve } from '@home/command';
import { type MachineFacts, addressOf } from '@home/home';
import { ProblemsError, refuse } from '@home/terraform';
import { type Door, accessFile, doors, findBlankNodes, probeNode, saveAccess } from '@life/machines';
import { finishAdoption } from '../adopt/adopt-file';
import { type Command, type Given, selectStacks } from '../command';
import { exceptionsIn, readReadiness, waitUntilReady } from '../deploy/wait-until-ready';
import { makePlan } from '../plan/make-plan';
import { countsOf } from '../plan/plan-summary';
import { applyPlan, removePlan } from '../plan/saved-plan';
import { type RootModule, readRootModule } from '../root-module';
import { type Session, requireDescribedFiles } from '../session';
import { objectsIn, readOutputs, readState } from '../state/read-state';
import { openStack, requireSafety } from '../state/state-safety';
import { noteOrphans } from './plan-and-apply';

const again = 'npm run deploy';

/** Brings all stacks up in their order; interrupted or failed, it continues from there when it is run again. */
export const deploy: Command = {
  usage: `deploy -- [--until=STACK] [--yes] [--wait=SECONDS]
                  [--allow-destroy=ADDRESS…] [--allow-contract=VERSION]`,
  help: `Brings all stacks up in their order: shows what would change, asks, applies, and
waits until the stack is ready. Interrupted or failed, it continues from there
when it is run again.
  --until           the last stack that is brought up
  --yes             agrees beforehand, where nobody is there to ask
  --wait            how long a stack may take to get ready; 900 seconds, if left
                    out
  --allow-destroy   a precious object that may go anyway; may be given several
                    times
  --allow-contract  the Talos contract that a running cluster may be raised to`,
  options: ['until', 'yes', 'wait', 'allow-destroy', 'allow-contract'],
  names: 0,
  async run(session, given) {
    const { terminal, stacks } = session;
    const seconds = secondsIn(given.wait);
    noteOrphans(session);
    let current = session;
    const selected = upTo(selectStacks(stacks, []), given.until, session);
    await requireDescribedFiles(session, selected);
    for (const [index, stack] of selected.entries()) {
      terminal.step(`deploying ${stack}`, index + 1, selected.length);
      const { agreed, away } = await deployStack(current, stack, given);
      if (!agreed) return 1;
      current = await fetchAccess(current, stack);
      const ready = readReadiness(session.root, stack);
      await waitUntilReady(current, stack, ready, seconds, () => refuseBlank(stack, away));
    }
    const what = `everything is in place, after ${terminal.elapsed()}`;
    terminal.note(terminal.colors.green(`${selected.join(', ')}: ${what}`));
    for (const line of selected.flatMap((stack) => exceptionsIn(session.root, stack))) terminal.note(line);
    return 0;
  },
};

function secondsIn(wait: string): number {
  const seconds = Number(wait);
  if (Number.isInteger(seconds) && seconds >= 0) return seconds;
  refuse('--wait', `must be a number of seconds, not "${wait}"`, 'Leave it out for 900');
}

function upTo(names: readonly string[], until: string | undefined, { stacks }: Session): string[] {
  if (until === undefined) return [...names];
  selectStacks(stacks, [until]);
  const last = names.indexOf(until);
  if (last < 0) {
    refuse(until, 'is no longer described and cannot be deployed', `Run \`npm run destroy -- ${until}\``);
  }
  return names.slice(0, last + 1);
}

/** How a stack was deployed: whether its owner agreed, and which machines did not answer before. */
interface Deployed {
  readonly agreed: boolean;
  readonly away: readonly MachineFacts[];
}

async function deployStack(session: Session, stack: string, given: Given): Promise<Deployed> {
  const { terminal } = session;
  const module = await openStack(session, stack, again);
  await requireSafety(session, module);
  const { yes } = given;
  const { blank, away } = await replaceBlankNodes(session, module, yes);
  const made = await makePlan(session, module, {
    allowed: [...given['allow-destroy'], ...given['allow-contract'], ...blank],
    options: blank.map((address) => `-replace=${address}`),
    command: again,
  });
  if (!made.hasChanges) {
    removePlan(module);
    // What waits for a second step is not in place, though nothing is to do.
    await finishAdoption(session, module);
    return { agreed: true, away };
  }
  if (!(await approve(terminal, stack, `${stack}: ${countsOf(made.summary)}. Apply?`, yes))) {
    terminal.note(`${stack}: nothing was changed. \`${again}\` continues from here`);
    removePlan(module);
    return { agreed: false, away };
  }
  await applyPlan(session, module, again, made.summary);
  return { agreed: true, away };
}

/**
 * Asks about nodes that have forgotten what they were.
 *
 * @returns the addresses that are to be recreated, and the machines of which nobody knows
 */
async function replaceBlankNodes(
  session: Session,
  module: RootModule,
  yes: boolean,
): Promise<{ readonly blank: readonly string[]; readonly away: readonly MachineFacts[] }> {
  const known = new Set(objectsIn(await readState(session, module)).map(({ address }) => address));
  const { blank, away, replace, problems } = await findBlankNodes(session.home.machines, known);
  if (problems.length > 0) throw new ProblemsError(problems);
  for (const node of away) {
    const where = `${module.stack}: ${node.name} does not answer at ${addressOf(node)}`;
    session.terminal.note(`${where}: it is off, or still starts; it is left as it is`);
  }
  if (blank.length === 0) return { blank: [], away };
  const names = blank.map(({ name }) => name).join(', ');
  session.terminal.note(
    `${module.stack}: ${names} is blank and waits for a configuration, as after a new SD card`,
  );
  const question = `Set ${names} up again (${replace.join(', ')})? Nothing is left there to lose.`;
  if (await approve(session.terminal, module.stack, question, yes)) return { blank: replace, away };
  refuse(
    `${module.stack}: ${names}`,
    'is blank and was not set up again',
    `Run \`${again}\` again to confirm`,
  );
}

/**
 * Asks machines again that did not answer when the plan was made: a new SD card takes a minute to start.
 *
 * @throws ProblemsError when one of them is blank, for which the deploy would wait in vain
 */
async function refuseBlank(stack: string, away: readonly MachineFacts[]): Promise<void> {
  const states = await Promise.all(away.map(probeNode));
  const blank = away.filter((_, index) => states[index] === 'blank').map(({ name }) => name);
  if (blank.length === 0) return;
  const what = 'is up now, blank, and waits for the configuration that it had';
  refuse(`${stack}: ${blank.join(', ')}`, what, `Run \`${again}\` again, which sets it up`);
}

/**
 * Writes the kubeconfig and the talosconfig of the stack that makes them, where it makes them, readable by their owner
 * alone; no other stack reads these outputs, since a remote state would copy them.
 *
 * @returns a session whose environment names the files
 * @throws ProblemsError when a file in that place holds the access to something else
 */
async function fetchAccess(session: Session, stack: string): Promise<Session> {
  const module = readRootModule(session.root, stack);
  const made = (Object.keys(doors) as Door[]).filter(
    (door) => module.workloadOf(`output.${door}`) !== undefined,
  );
  if (made.length === 0) return session;
  const outputs = await readOutputs(session, stack);
  let environment = session.environment;
  for (const door of made) {
    const value = outputs[door]?.value;
    if (typeof value !== 'string') continue;
    const file = accessFile(session, door);
    environment = { ...environment, [doors[door]]: file };
    if (await saveAccess(session, value, door)) session.terminal.note(`${stack}: ${door} written to ${file}`);
  }
  return { ...session, environment };
}
