/** The oldest and newest minor version of Kubernetes, and the oldest Talos that can be upgraded in one step. */
export interface TalosSupport {
  readonly kubernetes: readonly [oldest: string, newest: string];
  readonly upgradesFrom: string;
}

/**
 * Which Kubernetes each Talos runs: https://docs.siderolabs.com/talos/v1.13/getting-started/support-matrix, the same
 * figures that Talos checks itself: https://github.com/siderolabs/talos/tree/v1.13.9/pkg/machinery/compatibility
 */
export const talosSupport: Readonly<Record<string, TalosSupport>> = {
  '1.7': { kubernetes: ['1.25', '1.30'], upgradesFrom: '1.4' },
  '1.8': { kubernetes: ['1.26', '1.31'], upgradesFrom: '1.5' },
  '1.9': { kubernetes: ['1.27', '1.32'], upgradesFrom: '1.8' },
  '1.10': { kubernetes: ['1.28', '1.33'], upgradesFrom: '1.8' },
  '1.11': { kubernetes: ['1.29', '1.34'], upgradesFrom: '1.9' },
  '1.12': { kubernetes: ['1.30', '1.35'], upgradesFrom: '1.10' },
  '1.13': { kubernetes: ['1.31', '1.36'], upgradesFrom: '1.11' },
};

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
