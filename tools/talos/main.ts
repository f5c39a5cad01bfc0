import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { join } from 'node:path';
import { parseArgs, parseEnv } from 'node:util';
import { home } from '@home/home';
import { probeNode } from '@home/machines';
import { ProblemsError } from '@home/terraform';
import { type Chore, type Given, refuse } from './chore';
import { kubeconfig, talosconfig } from './commands/access';
import { cert } from './commands/cert';
import { flash } from './commands/flash';
import { forget } from './commands/forget';
import { health } from './commands/health';
import { importSecrets } from './commands/import-secrets';
import { rebuild } from './commands/rebuild';
import { reset } from './commands/reset';
import { upgrade } from './commands/upgrade';
import { upgradeKubernetes } from './commands/upgrade-kubernetes';
import { validate } from './commands/validate';
import { dryShell, realShell } from './shell';

const root = join(__dirname, '../..');

const chores: readonly Chore[] = [
  flash,
  validate,
  kubeconfig,
  talosconfig,
  health,
  cert,
  upgrade,
  upgradeKubernetes,
  rebuild,
  reset,
  forget,
  importSecrets,
];

const nameOf = ({ usage }: Chore): string => usage.split(' ', 1)[0] ?? usage;

async function main(args: string[]): Promise<number> {
  const { name, dryRun, help, given } = readArguments(args);
  const chore = chores.find((one) => nameOf(one) === name);
  if (help || name === undefined) {
    for (const { usage, summary } of chores) console.log(`npm run talos -- ${usage.padEnd(30)} ${summary}`);
    console.log('Each takes --dry-run, which says what would be done.');
    return 0;
  }
  if (chore === undefined) {
    throw refuse(
      `npm run talos -- ${name}`,
      'must be a chore',
      `Use one of ${chores.map(nameOf).join(', ')}`,
    );
  }
  const say = (line: string) => console.log(line);
  const shell = dryRun ? dryShell(say) : realShell(root);
  return chore.run(
    { root, home, environment: environment(), shell, probe: probeNode, dryRun, say, ask },
    given,
  );
}

/** This process' own environment, and the git-ignored `.env` where it says nothing. */
function environment(): NodeJS.Dict<string> {
  const file = join(root, '.env');
  const kept = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  const own = Object.entries(process.env).filter(([, value]) => value !== '');
  return { ...kept, ...Object.fromEntries(own) };
}

function readArguments(args: string[]): {
  name: string | undefined;
  dryRun: boolean;
  help: boolean;
  given: Given;
} {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        'dry-run': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        to: { type: 'string' },
      },
    });
    const [name, ...names] = positionals;
    return {
      name,
      dryRun: values['dry-run'] ?? false,
      help: values.help ?? false,
      given: { names, to: values.to },
    };
  } catch (cause) {
    const said = cause instanceof Error ? cause.message.split(/[.\n]/, 1)[0] : String(cause);
    throw refuse('npm run talos', `does not understand it (${said})`, 'npm run talos lists the chores');
  }
}

/** Where nobody looks on, nobody answers. */
async function ask(question: string): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
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
    if (!(error instanceof ProblemsError)) throw error;
    console.error(error.message);
  },
);
