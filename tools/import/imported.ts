import type { Problem } from '@home/terraform';
import type { WorkloadCode } from './code/workload-code';
import type { SecretVariable } from './kubernetes/secret-values';
import type { Wanted } from './manifest/extend-manifest';

/** What was not imported, or only in another form. */
export interface Left extends Problem {
  /** Of what, where several may be left alike: a service, an object. */
  readonly of?: string;
  /** `hurts`: data, secrets, rights, what will not run. `usual`: nobody has to look at it. */
  readonly weight?: Weight;
}

export type Weight = 'hurts' | 'usual';

/** What was left, as a message names it. */
export const problemOf = ({ where, of, what, remedy }: Left): Problem => ({
  where,
  what: of === undefined ? what : `${of}: ${what}`,
  remedy,
});

/** What one kind of source became. With problems nothing did. */
export interface Imported {
  readonly workloads: readonly WorkloadCode[];
  /** What was found, in words: `14 objects`. */
  readonly found: string;
  /** Types of the providers that the home must know. */
  readonly wanted: readonly Wanted[];
  /** Stand in for secret values. */
  readonly variables: readonly SecretVariable[];
  /** How data comes along: commands, and what each is for. */
  readonly copies?: readonly string[];
  /** What was not imported, or only in another form, and where it stood. */
  readonly left: readonly Left[];
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

/** `1 file`, `2 files` */
export const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
