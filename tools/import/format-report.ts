import { formatProblem } from '@home/terraform';
import { folderOf } from './code/workload-code';
import type { Imported } from './imported';

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
