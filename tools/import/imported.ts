import { type Problem, formatProblem } from '@home/terraform';
import { type WorkloadCode, folderOf } from './code/workload-code';
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

/** `1 file`, `2 files` */
export const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** Says what an import made, what it left, and what is to be done now. */
export function formatReport({ found, workloads, left, variables }: Imported, newTypes: boolean): string {
  const folders = workloads.map((workload) => `  ${folderOf(workload)}`);
  const secrets = variables.map(({ name, holds, where }) => `  TF_VAR_${name}: ${holds}, from ${where}`);
  const stack = workloads[0]?.stack ?? '';
  return [
    `${found} became ${plural(workloads.length, 'workload')}:`,
    ...folders,
    ...section(
      'Not as it was (nothing else is missing):',
      left.map((one) => `  ${formatProblem(one)}`),
    ),
    ...section('Secret values are not in the code. Give them in the environment, or in .env:', secrets),
    ...section('Types that the home did not use before are added to libs/providers.', newTypes ? [''] : []),
    ...section('Read the code, then:', [
      '  npm run generate',
      `  npm run plan -- ${stack}`,
      `  npm run apply -- ${stack}`,
    ]),
  ].join('\n');
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.filter((line) => line !== '')];
