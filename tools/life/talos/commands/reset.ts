import { refuse } from '@home/terraform';
import { type Chore, nodeNamed } from '../chore';
import { controlPlanes, talosctl } from '../talosctl';

export const reset: Chore = {
  usage: 'reset NODE',
  summary:
    "wipes a machine's configuration and data and lets it wait for a new configuration; asks for the node's name",
  async run(workplace, { names }) {
    const node = nodeNamed(workplace, names, reset.usage);
    const [only, ...others] = controlPlanes(workplace);
    const isLast = only?.name === node.name && others.length === 0;
    if (!workplace.dryRun) {
      const what = isLast ? 'the whole cluster: it is the only control plane' : 'everything on it';
      const answer = await workplace.ask(
        `This wipes ${node.name}, and with it ${what}. Type its name to go on: `,
      );
      if (answer?.trim() !== node.name) {
        refuse(`node ${node.name}`, 'was not wiped', 'Type its name at a terminal when it may be');
      }
    }
    await workplace.shell.run(
      talosctl(
        workplace,
        [node],
        'reset',
        // The last member of etcd has nobody to leave to.
        `--graceful=${!isLast}`,
        '--reboot',
        '--system-labels-to-wipe',
        'STATE',
        '--system-labels-to-wipe',
        'EPHEMERAL',
      ),
    );
    return 0;
  },
};
