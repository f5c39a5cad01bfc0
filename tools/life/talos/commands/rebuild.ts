import { refuse } from '@home/terraform';
import { type Chore, nodeNamed, stateInWords } from '../chore';

export const rebuild: Chore = {
  usage: 'rebuild NODE',
  summary: 'sets a machine up again that lost its disk; deploy notices it by itself, too',
  async run(workplace, { names }) {
    const node = nodeNamed(workplace, names, rebuild.usage);
    const { shell, dryRun } = workplace;
    if (!dryRun) {
      const state = await workplace.probe(node);
      if (state !== 'blank') {
        refuse(
          `node ${node.name}`,
          `${stateInWords[state]}, and only one that waits for a configuration is set up again`,
          state === 'away'
            ? `Flash it (\`npm run talos -- flash ${node.name}\`) and start it`
            : `To begin with it from nothing: \`npm run talos -- reset ${node.name}\``,
        );
      }
    }
    // Deploy asks before it replaces the machine's apply, and bootstrap only where etcd has no other member.
    await shell.run(['npm', 'run', '-s', 'deploy', '--', '--until=cluster']);
    return 0;
  },
};
