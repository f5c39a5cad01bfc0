import type { Problem } from '@home/terraform';
import type { WorkloadCode } from './code/workload-code';
import type { SecretVariable } from './kubernetes/secret-values';
import type { Wanted } from './manifest/extend-manifest';

/** What one kind of source became. With problems nothing did. */
export interface Imported {
  readonly workloads: readonly WorkloadCode[];
  /** What was found, in words: `14 objects`. */
  readonly found: string;
  /** Types of the providers that the home must know. */
  readonly wanted: readonly Wanted[];
  /** Stand in for secret values. */
  readonly variables: readonly SecretVariable[];
  /** What was not imported, or only in another form, and where it stood. */
  readonly left: readonly Problem[];
  readonly problems: readonly Problem[];
}

/** Nothing, because of problems. */
export const refused = (problems: readonly Problem[]): Imported => ({
  workloads: [],
  found: '',
  wanted: [],
  variables: [],
  left: [],
  problems,
});
