import { doors, saveAccess } from '@life/machines';
import { refuse } from '@home/terraform';
import { type Chore, type Workplace } from '../chore';
import { kubeconfigFile, talosconfigFile } from '../talosctl';

/** Writes one of the stack's sensitive outputs into a file for its owner. */
async function fetch(workplace: Workplace, name: (typeof doors)[number]['output'], file: string): Promise<0> {
  // npm run output knows the backend, the encryption and the credentials.
  const value = await workplace.shell.read(['npm', 'run', '-s', 'output', '--', 'cluster', name]);
  if (value === undefined) {
    workplace.say(`would write: ${file} (0600)`);
    return 0;
  }
  if (value.trim() === '')
    refuse('cluster', `gives out no ${name}`, 'Apply it first: `npm run deploy -- --until=cluster`');
  const variable = doors.find(({ output }) => output === name)?.variable ?? '';
  workplace.say(saveAccess(file, value, variable) ? `${file} written` : `${file} is up to date`);
  return 0;
}

export const kubeconfig: Chore = {
  usage: 'kubeconfig',
  summary: 'writes the kubeconfig from the state into a git-ignored file',
  run: (workplace) => fetch(workplace, 'kubeconfig', kubeconfigFile(workplace)),
};

export const talosconfig: Chore = {
  usage: 'talosconfig',
  summary: 'writes the talosconfig from the state into a git-ignored file',
  run: (workplace) => fetch(workplace, 'talosconfig', talosconfigFile(workplace)),
};
