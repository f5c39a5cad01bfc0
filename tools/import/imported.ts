import type { Problem } from '@home/terraform';
import type { WorkloadCode } from './code/workload-code';
import type { SecretVariable } from './kubernetes/secret-values';
import type { Wanted } from './manifest/extend-manifest';

/** What was not imported, or only in another form. */
export interface Left extends Problem {
  /** Of what, where several may be left alike: a service, an object. */
  readonly of?: string;
  /** What of it, where that differs: a port, a folder. */
  readonly part?: string;
  /** `hurts`: data, secrets, rights, what will not run. `usual`: nobody has to look at it. */
  readonly weight?: Weight;
}

export type Weight = 'hurts' | 'usual';

/** What is different, what does the same, how much it matters, and what of the whole it is about. */
export type Loss = readonly [what: string, remedy: string, weight?: Weight | undefined, part?: string];

/** What was left, as a message names it. */
export const problemOf = ({ where, of, part, what, remedy }: Left): Problem => ({
  where,
  what: of === undefined ? what : `${named(of, part === undefined ? [] : [part])}: ${what}`,
  remedy,
});

/** Something with its parts: `dovecot (143, 993)`. */
export const named = (of: string, parts: readonly string[]): string =>
  parts.length === 0 ? of : `${of} (${parts.join(', ')})`;

/** What one kind of source became. With problems nothing did. */
export interface Imported {
  readonly workloads: readonly WorkloadCode[];
  /** What was found, in words: `14 objects`. */
  readonly found: string;
  /** Types of the providers that the home must know. */
  readonly wanted: readonly Wanted[];
  /** Stand in for secret values. */
  readonly variables: readonly SecretVariable[];
  /** How data comes along. */
  readonly copies?: readonly CopyScript[];
  /** What was not imported, or only in another form, and where it stood. */
  readonly left: readonly Left[];
  readonly problems: readonly Problem[];
}

/** A script that lies beside the code of the first workload, and copies data into the home. */
export interface CopyScript {
  readonly file: string;
  /** When it is to run. */
  readonly when: string;
  /** The services whose folders it copies, one for each folder. */
  readonly of: readonly string[];
  readonly text: string;
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
