import type { Code } from './code/code';

/** What the imported workloads find in the home. */
export interface Surroundings {
  readonly stack: string;
  /** All stacks of the home. */
  readonly stacks: readonly string[];
  /** Tells whether a workload may have a name. */
  isFree(name: string): boolean;
  /** Namespaces that the home has already: name → how code calls it. */
  readonly namespaces: ReadonlyMap<string, Code>;
  /** The domain of the home's apps. */
  readonly domain: string;
  /** Addresses that the stack has already. */
  readonly addresses: ReadonlySet<string>;
}
