import type { MachineFacts } from '@home/home';
import { refuse } from '@home/terraform';
import { accessFile } from '@life/machines';
import { type Chore, type Workplace, controlPlanes, nodeNamed, stateInWords, talosctl } from '../chore';

export const rebuild: Chore = {
  usage: 'rebuild NODE',
  summary: 'sets a machine up again that lost its disk, as deploy does by itself',
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

export const reset: Chore = {
  usage: 'reset NODE',
  summary: 'wipes a machine, which then waits for a configuration; asks for its name',
  async run(workplace, { names }) {
    const node = nodeNamed(workplace, names, reset.usage);
    const [only, ...others] = controlPlanes(workplace);
    const isLast = only?.name === node.name && others.length === 0;
    if (!workplace.dryRun) {
      const what = isLast ? 'the whole cluster: it is the only control plane' : 'everything on it';
      const answer = await workplace.ask(
        `This wipes ${node.name}, and with it ${what}. Type its name to continue: `,
      );
      if (answer?.trim() !== node.name) {
        refuse(`node ${node.name}`, 'was not wiped', 'Type its name at a terminal to confirm');
      }
    }
    const wiped = ['STATE', 'EPHEMERAL'].flatMap((label) => ['--system-labels-to-wipe', label]);
    // The last member of etcd has nobody to leave to.
    const options = [`--graceful=${!isLast}`, '--reboot', ...wiped];
    await workplace.shell.run(talosctl(workplace, [node], 'reset', ...options));
    return 0;
  },
};

export const forget: Chore = {
  usage: 'forget NODE',
  summary: 'makes Kubernetes and etcd forget a lost node, so that its databases move',
  async run(workplace, { names }) {
    const node = nodeNamed(workplace, names, forget.usage);
    const { shell, dryRun, home } = workplace;
    // A node that only seems lost would go on writing beside the pods that took over.
    const state = dryRun ? 'away' : await workplace.probe(node);
    if (state === 'configured') {
      refuse(
        `node ${node.name}`,
        `${stateInWords[state]} and runs, so its pods may still write`,
        `Switch it off first, or \`npm run talos -- reset ${node.name}\``,
      );
    }
    if (node.role === 'controlplane') await leaveEtcd(workplace, node);
    const context = ['--context', home.cluster.kubeconfigContext];
    const file = accessFile(workplace, 'kubeconfig');
    await shell.run(['kubectl', '--kubeconfig', file, ...context, 'delete', 'node', node.name]);
    return 0;
  },
};

/** A member that never comes back counts against the majority until it is removed. */
async function leaveEtcd(workplace: Workplace, node: MachineFacts): Promise<void> {
  const other = controlPlanes(workplace).find(({ name }) => name !== node.name);
  if (other === undefined) return;
  const members = await workplace.shell.read(talosctl(workplace, [other], 'etcd', 'members'));
  const id = members === undefined ? `ID-OF-${node.name}` : memberNamed(members, node.name);
  if (id !== undefined) await workplace.shell.run(talosctl(workplace, [other], 'etcd', 'remove-member', id));
}

/** The id of the member with a hostname, in the table that `talosctl etcd members` prints. */
function memberNamed(table: string, name: string): string | undefined {
  const [head = '', ...rows] = table.trim().split('\n');
  const columns = head.trim().split(/\s{2,}/);
  const cells = rows.map((row) => row.trim().split(/\s{2,}/));
  return cells.find((row) => row[columns.indexOf('HOSTNAME')] === name)?.[columns.indexOf('ID')];
}
