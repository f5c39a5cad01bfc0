import { relative } from 'node:path';
import { type Problem, formatProblem, refuse } from '@home/terraform';
import { type Command, type ExitCode, selectStacks } from '../command';
import { type RootModule, readRootModule } from '../root-module';
import type { Session } from '../session';
import { keepResource, listBackups, recoverState, restoreState, unlockState } from '../state/mend-state';
import { moveState, recordedBackend } from '../state/move-state';
import { unsafeIn } from '../state/state-safety';

/** Looks after the states themselves. */
export const state: Command = {
  usage: 'state -- ACTION [STACK…]',
  help: `Looks after the states themselves.
  check [STACK…] [--json]   says what is not safe about them
  move [STACK…]             to where libs/home/facts.ts says, after that changed
  backups STACK             lists the copies from before and after each apply
  restore STACK FILE        puts one of them back
  recover STACK [FILE]      writes down what an apply made and could not write
  unlock STACK ID           takes away the lock that a killed run left behind
  keep STACK ADDRESS        declares whole what a run left unfinished, so that
                            it is not recreated`,
  options: ['json'],
  names: Infinity,
  async run(session, { names: [verb, ...names], json }) {
    if (verb === 'check') return check(session, selectStacks(session.stacks, names), json);
    if (verb === 'move') return move(session, selectStacks(session.stacks, names));
    const [stack, object] = names;
    if (stack === undefined) misused();
    selectStacks(session.stacks, [stack]);
    const mend = new Map(Object.entries(mends)).get(verb ?? '') ?? misused();
    const done = await mend(session, readRootModule(session.root, stack), object);
    if (done !== undefined) session.terminal.note(`${stack}: ${done}`);
    return 0;
  },
};

type Mend = (session: Session, module: RootModule, object?: string) => Promise<string | undefined>;

/** What is done to the state of one stack; each gives what was done, for people. */
const mends: Readonly<Record<string, Mend>> = {
  async backups({ terminal, root }, module) {
    for (const file of listBackups(module)) terminal.say(relative(root, file));
    return undefined;
  },
  async restore(session, module, file) {
    const { root, terminal } = session;
    const { stack } = module;
    const { backup, later, made } = restoreState(session, module, file);
    const again = `the state is ${relative(root, backup)} again`;
    if (later.length === 0) return `${again}. See what that means: \`npm run plan -- ${stack}\``;
    for (const one of later)
      terminal.note(`${stack}: an apply lies between, which left ${relative(root, one)}`);
    for (const address of made)
      terminal.note(`${stack}: ${address} was made since, and the state does not know it any more`);
    return `${again}. Take over what exists before anything is made: \`npm run adopt -- ${stack}\``;
  },
  async recover(session, module, file) {
    await recoverState(session, module, file);
    return 'what the last run made is in the state now';
  },
  async unlock(session, module, id = misused()) {
    await unlockState(session, module, id);
    return 'unlocked';
  },
  async keep(session, module, address = misused()) {
    await keepResource(session, module, address);
    return `${address} is kept as it is`;
  },
};

async function check(session: Session, stacks: readonly string[], json: boolean): Promise<ExitCode> {
  const problems: Problem[] = [];
  for (const stack of stacks)
    problems.push(...(await unsafeIn(session, readRootModule(session.root, stack))));
  if (json) session.terminal.say(JSON.stringify(problems));
  else if (problems.length === 0) session.terminal.say(`${stacks.join(', ')}: the states are safe`);
  else for (const problem of problems) session.terminal.note(formatProblem(problem));
  return problems.length > 0 ? 1 : 0;
}

async function move(session: Session, stacks: readonly string[]): Promise<ExitCode> {
  for (const stack of stacks) {
    const module = readRootModule(session.root, stack);
    const old = recordedBackend(module);
    if (old === undefined) {
      refuse(
        stack,
        'was never prepared in this checkout, so nothing here says where its state lived',
        `Move it from the checkout that it was applied from, or check out the old libs/home/facts.ts, run \`npm run generate && npm run init\`, and come back`,
      );
    }
    session.terminal.note(await moveState(session, module, old));
  }
  return 0;
}

function misused(): never {
  refuse('npm run state', 'needs an action and a stack', 'npm run state -- --help lists the actions');
}
