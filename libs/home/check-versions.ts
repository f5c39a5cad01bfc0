import { machineConfigManifest } from '@home/providers';
import type { PathedProblem } from './check-against';
import type { HomeFacts } from './generated/facts';
import { ofMachines } from './check-machines';
import { mistake } from './mistake';

/** The oldest and newest minor version of Kubernetes, and the oldest Talos that can be upgraded in one step. */
export interface TalosSupport {
  readonly kubernetes: readonly [oldest: string, newest: string];
  readonly upgradesFrom: string;
}

/**
 * Which Kubernetes each Talos runs: https://docs.siderolabs.com/talos/v1.13/getting-started/support-matrix, the same
 * figures that Talos checks itself: https://github.com/siderolabs/talos/tree/v1.14.1/pkg/machinery/compatibility
 */
export const talosSupport: Readonly<Record<string, TalosSupport>> = {
  '1.7': { kubernetes: ['1.25', '1.30'], upgradesFrom: '1.4' },
  '1.8': { kubernetes: ['1.26', '1.31'], upgradesFrom: '1.5' },
  '1.9': { kubernetes: ['1.27', '1.32'], upgradesFrom: '1.8' },
  '1.10': { kubernetes: ['1.28', '1.33'], upgradesFrom: '1.8' },
  '1.11': { kubernetes: ['1.29', '1.34'], upgradesFrom: '1.9' },
  '1.12': { kubernetes: ['1.30', '1.35'], upgradesFrom: '1.10' },
  '1.13': { kubernetes: ['1.31', '1.36'], upgradesFrom: '1.11' },
  '1.14': { kubernetes: ['1.32', '1.37'], upgradesFrom: '1.12' },
};

/**
 * The newest contract whose configuration the patches of libs/talos fit. That of 1.14 puts KubeletConfig, KubeNodeConfig and
 * KubeNetworkConfig in the place of `machine.kubelet` and `cluster.network`, and Talos refuses to have both.
 */
const newestContract: string = machineConfigManifest.version;

/** The minor version that a version belongs to: `v1.13.9` → `1.13`; undefined for what is no version. */
export function minorOf(version: string): string | undefined {
  return /^v?(\d+\.\d+)(\.\d+)?$/.exec(version)?.[1];
}

/** Orders minor versions: negative when the first is older. */
export function compareMinors(one: string, other: string): number {
  const [[major = 0, minor = 0], [otherMajor = 0, otherMinor = 0]] = [one, other].map((version) =>
    version.split('.').map(Number),
  ) as [number[], number[]];
  return major - otherMajor || minor - otherMinor;
}

/** Checks the three versions of the machines that the home sets up against Talos' support matrix. */
export function* checkVersions({ cluster, versions }: HomeFacts): Generator<PathedProblem> {
  if (cluster.context !== undefined) return;
  const { talosContract, talosInstaller, kubernetes } = versions;
  if (talosContract === undefined) yield ofMachines('versions.talosContract');
  if (talosInstaller === undefined) yield ofMachines('versions.talosInstaller');
  if (talosContract === undefined || talosInstaller === undefined) return;
  const [contract, installer, minor] = [talosContract, talosInstaller, kubernetes].map(minorOf);
  // Of what is no version, the schema has told so.
  if (contract === undefined || installer === undefined || minor === undefined) return;
  const support = talosSupport[installer];
  if (support === undefined) {
    const lines = Object.keys(talosSupport);
    yield mistake(
      'versions.talosInstaller',
      talosInstaller,
      `must be of a line between ${lines[0]} and ${lines.at(-1)}`,
      'Add the new line to libs/home/check-versions.ts from the support matrix that it names',
    );
    return;
  }
  if (compareMinors(contract, newestContract) > 0) {
    yield mistake(
      'versions.talosContract',
      talosContract,
      `must be at most v${newestContract}: a newer one makes other documents than libs/talos changes`,
      'Keep what the cluster was made with; a newer Talos takes it as well',
    );
  } else if (compareMinors(contract, installer) > 0) {
    const must = `must not be newer than versions.talosInstaller "${talosInstaller}"`;
    yield mistake('versions.talosContract', talosContract, must, 'Upgrade the machines first');
  }
  const [oldest, newest] = support.kubernetes;
  if (compareMinors(minor, oldest) < 0 || compareMinors(minor, newest) > 0) {
    yield mistake(
      'versions.kubernetes',
      kubernetes,
      `must be between ${oldest} and ${newest}, which Talos ${installer} runs`,
      'Choose one of those, or another versions.talosInstaller',
    );
  }
}
