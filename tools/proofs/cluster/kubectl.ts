import { readProgram } from '@home/command';

/** The cluster that a proof was told to play on. */
export interface Target {
  readonly kubeconfig: string;
  readonly context: string;
}

/** What makes kubectl speak to that cluster and no other. */
export const targetOptions = ({ kubeconfig, context }: Target): string[] => [
  ...['--kubeconfig', kubeconfig],
  ...['--context', context],
];

/** Runs kubectl for what it prints. */
export const kubectl = (target: Target, ...args: readonly string[]): Promise<string> =>
  readProgram('kubectl', [...targetOptions(target), ...args]);
