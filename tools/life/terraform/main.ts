import { openTerminal, runCommand } from '@home/command';
import { home } from '@home/home';
import { writePage } from '@life/page';
import { checkStacks } from '@tools/nx-home';
import { type Command, type Given, readGiven, usageOf, withSummaryFile } from './command';
import { adopt } from './commands/adopt';
import { deploy } from './commands/deploy';
import { destroy } from './commands/destroy';
import { drift } from './commands/drift';
import { init } from './commands/init';
import { output } from './commands/output';
import { apply, plan } from './commands/plan-and-apply';
import { precious } from './commands/precious';
import { state } from './commands/state';
import { readPrecious } from './precious/precious';
import { startSession } from './session';

const commands: Readonly<Record<string, Command>> = {
  adopt,
  apply,
  deploy,
  destroy,
  drift,
  init,
  output,
  plan,
  precious,
  state,
};

async function run(command: Command, given: Given): Promise<number> {
  // Everything written from here on may hold secrets: states, plans, the kubeconfig.
  process.umask(0o077);
  const root = process.cwd();
  const session = await startSession(root, openTerminal(), process.env, home, (stacks) =>
    checkStacks(root, stacks),
  );
  const code = await command.run(session, given);
  if (given.page) await writePage(root, readPrecious(root));
  return code;
}

const [name = '', ...args] = process.argv.slice(2);
const command = commands[name];
if (command === undefined)
  throw new Error(`package.json calls "${name}", which is no command of Terraform's.`);
runCommand(
  usageOf(command),
  (commandLine) => run(command, readGiven(commandLine)),
  withSummaryFile(args, process.env),
);
