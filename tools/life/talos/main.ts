import { join } from 'node:path';
import { type Given, openTerminal, readEnvironment, runCommand } from '@home/command';
import { home } from '@home/home';
import { refuse } from '@home/terraform';
import { probeNode } from '@life/machines';
import { type Chore, dryShell, realShell } from './chore';
import { cert, kubeconfig, talosconfig } from './commands/access';
import { flash } from './commands/flash';
import { importSecrets } from './commands/import-secrets';
import { forget, rebuild, reset } from './commands/lost-machines';
import { health, upgrade, upgradeKubernetes } from './commands/upgrade';
import { validate } from './commands/validate';

const root = join(__dirname, '../../..');

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

const usage = {
  command: 'npm run talos',
  help: [
    'npm run talos -- CHORE [--dry-run]\n',
    'With --dry-run a chore says what would be done, and does nothing.',
    ...chores.map(({ usage, summary }) => `  ${usage}\n      ${summary}`),
  ].join('\n'),
  options: { 'dry-run': { type: 'boolean', default: false }, to: { type: 'string' } },
  positionals: Infinity,
} as const;

async function main({ values, positionals }: Given<typeof usage.options>): Promise<number> {
  const [name, ...names] = positionals;
  if (name === undefined) {
    console.log(usage.help);
    return 0;
  }
  const chore = chores.find((one) => nameOf(one) === name);
  if (chore === undefined) {
    refuse(`npm run talos -- ${name}`, 'must be a chore', `Use one of ${chores.map(nameOf).join(', ')}`);
  }
  const { say, ask, interactive } = openTerminal();
  const dryRun = values['dry-run'];
  const shell = dryRun ? dryShell(say) : realShell(root);
  return chore.run(
    {
      root,
      home,
      environment: readEnvironment(root, process.env),
      shell,
      probe: probeNode,
      dryRun,
      say,
      // Where nobody looks on, nobody answers.
      ask: async (question) => (interactive ? ask(question) : undefined),
    },
    { names, to: values.to },
  );
}

runCommand(usage, main);
