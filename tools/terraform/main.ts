import { ProblemsError } from '@home/terraform';
import { home } from '@home/home';
import { readCommandLine } from './command-line';
import type { Command } from './commands/command';
import { apply } from './commands/apply';
import { deploy } from './commands/deploy';
import { destroy } from './commands/destroy';
import { drift } from './commands/drift';
import { init } from './commands/init';
import { output } from './commands/output';
import { plan } from './commands/plan';
import { precious } from './commands/precious';
import { state } from './commands/state';
import { adopt } from './commands/adopt';
import { type HomeChoice, startSession } from './session';
import { openTerminal } from './terminal';

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

const terminal = openTerminal();

async function main([name = '', ...args]: string[]): Promise<number> {
  const command = commands[name];
  if (command === undefined) {
    const usage = Object.values(commands).map((one) => `npm run ${one.usage}`);
    throw new ProblemsError([
      {
        where: name || 'terraform',
        what: 'must be one of the commands',
        remedy: `Use one of: ${usage.join(' · ')}`,
      },
    ]);
  }
  // Everything written from here on may hold secrets: states, plans, the kubeconfig.
  process.umask(0o077);
  const given = readCommandLine(name, command.usage, command.options, args, process.env);
  const session = await startSession(process.cwd(), terminal, process.env, choice());
  return command.run(session, given);
}

/** What of the home's facts decides how Terraform is run. */
function choice(): HomeChoice {
  const { terraform, network, domain } = home;
  return {
    binary: terraform.binary,
    stateEncryption: terraform.stateEncryption,
    networks: [network.subnets.v4, network.subnets.v6].filter((subnet) => subnet !== undefined),
    domain,
    nodes: network.nodes,
  };
}

/** A file that cannot be written is no bug of ours. */
function diskProblem(error: unknown): ProblemsError | undefined {
  const { code, path } = error instanceof Error ? (error as NodeJS.ErrnoException) : { code: '', path: '' };
  const reasons: Readonly<Record<string, string>> = {
    ENOSPC: 'the disk is full',
    EDQUOT: 'the disk quota is used up',
    EROFS: 'the disk is read-only',
    EACCES: 'it is not yours',
  };
  const reason = reasons[code ?? ''];
  if (reason === undefined) return undefined;
  const where = path ?? 'a file';
  return new ProblemsError(
    [{ where, what: `cannot be written: ${reason}`, remedy: 'Mend it and try again' }],
    {
      cause: error,
    },
  );
}

// A reader that has seen enough, such as `head`, is no mistake.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.exitCode = 1;
    const known = error instanceof ProblemsError ? error : diskProblem(error);
    if (known === undefined) throw error;
    terminal.note(known.message);
  },
);
