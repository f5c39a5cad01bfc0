import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { NodeFacts } from '@home/home';
import { talosAddress } from '@life/machines';
import { refuse } from '@home/terraform';
import { type Workplace } from './chore';
import type { CommandLine } from './shell';

/** Where the files that let their owner in are looked for. */
type Surroundings = Pick<Workplace, 'root' | 'environment'>;

/** The talosconfig that lets its owner in: `TALOSCONFIG`, or the file that deploy writes. */
export const talosconfigFile = ({ root, environment }: Surroundings): string =>
  resolve(root, environment['TALOSCONFIG'] || 'talosconfig');

/** The kubeconfig that lets its owner in. */
export const kubeconfigFile = ({ root, environment }: Surroundings): string =>
  resolve(root, environment['KUBE_CONFIG_PATH'] || 'kubeconfig');

/**
 * A call of talosctl on some machines.
 *
 * @throws ProblemsError when there is no talosconfig yet
 */
export function talosctl(workplace: Workplace, nodes: readonly NodeFacts[], ...args: string[]): CommandLine {
  const file = talosconfigFile(workplace);
  if (!workplace.dryRun && !existsSync(file)) {
    refuse(file, 'must exist', 'Run `npm run talos -- talosconfig`, or name the file in TALOSCONFIG');
  }
  const addresses = nodes.map(talosAddress);
  const [first] = addresses;
  // Each machine is asked itself, so that one that is away says nothing about another.
  const endpoints =
    addresses.length === 1 && first !== undefined
      ? first
      : controlPlanes(workplace).map(talosAddress).join(',');
  return [
    'talosctl',
    ...args,
    '--talosconfig',
    file,
    '--endpoints',
    endpoints,
    '--nodes',
    addresses.join(','),
  ];
}

/** The machines that run the control plane, the one that began it first. */
export function controlPlanes({ home }: Pick<Workplace, 'home'>): NodeFacts[] {
  return home.network.nodes.filter(({ role }) => role === 'controlplane');
}

/** The machines that run pods only. */
export function workers({ home }: Pick<Workplace, 'home'>): NodeFacts[] {
  return home.network.nodes.filter(({ role }) => role === 'worker');
}

/** The Talos that runs on a machine: `v1.13.9`; undefined on a dry run. */
export async function runningVersion(workplace: Workplace, node: NodeFacts): Promise<string | undefined> {
  const output = await workplace.shell.read(talosctl(workplace, [node], 'version'));
  if (output === undefined) return undefined;
  const version = /Server:[\s\S]*?Tag:\s+(v\d+\.\d+\.\d+)/.exec(output)?.[1];
  if (version !== undefined) return version;
  refuse(
    node.name,
    'must say which Talos it runs, but talosctl version does not',
    'Look at `npm run talos -- health`',
  );
}
