import { refuse } from '@home/terraform';
import { type Chore, type Workplace, nodeNamed, stateInWords } from '../chore';
import { controlPlanes, kubeconfigFile, talosctl } from '../talosctl';
import type { NodeFacts } from '@home/home';

export const forget: Chore = {
  usage: 'forget NODE',
  summary: 'lets Kubernetes and etcd forget a lost node; only then do its pods move elsewhere',
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
    const { kubeconfigContext } = home.cluster;
    const file = kubeconfigFile(workplace);
    await shell.run([
      'kubectl',
      '--kubeconfig',
      file,
      '--context',
      kubeconfigContext,
      'delete',
      'node',
      node.name,
    ]);
    return 0;
  },
};

/** A member that never comes back counts against the majority until it is removed. */
async function leaveEtcd(workplace: Workplace, node: NodeFacts): Promise<void> {
  const other = controlPlanes(workplace).find(({ name }) => name !== node.name);
  if (other === undefined) return;
  const members = await workplace.shell.read(talosctl(workplace, [other], 'etcd', 'members'));
  const id = members === undefined ? `ID-OF-${node.name}` : memberNamed(members, node.name);
  if (id !== undefined) await workplace.shell.run(talosctl(workplace, [other], 'etcd', 'remove-member', id));
}

/** The id of the member with a hostname, in the table that `talosctl etcd members` prints. */
export function memberNamed(table: string, name: string): string | undefined {
  const [head = '', ...rows] = table.trim().split('\n');
  const columns = head.trim().split(/\s{2,}/);
  const cells = rows.map((row) => row.trim().split(/\s{2,}/));
  return cells.find((row) => row[columns.indexOf('HOSTNAME')] === name)?.[columns.indexOf('ID')];
}
