import { formatProblem } from '@home/terraform';
import { folderOf } from './code/workload-code';
import { type Imported, type Left, type Weight, plural, problemOf } from './imported';

/** What a report shows. */
export interface Shown {
  /** Whether the home learns types of its providers that it did not know. */
  readonly newTypes: boolean;
  /** How often the code is marked with `imported:`. */
  readonly marks: number;
  /** Whether each thing is listed, also those that nobody has to look at. */
  readonly verbose: boolean;
}

/** Says what an import made, what it left, beginning with what can hurt, and what is to be done now. */
export function formatReport(
  { found, workloads, left, variables, copies = [] }: Imported,
  { newTypes, marks, verbose }: Shown,
): string {
  const secrets = variables.map(({ name, holds, where }) => `  TF_VAR_${name}: ${holds}, from ${where}`);
  const stack = workloads[0]?.stack ?? '';
  const of = (weight?: Weight): readonly Left[] => left.filter((one) => one.weight === weight);
  const listed = verbose ? (all: readonly Left[]) => all.map(formatLeft) : foldEqual;
  const find = `grep -rn 'imported:' ${workloads.map(folderOf).join(' ')}`;
  return [
    `${found} became ${plural(workloads.length, 'workload')}:`,
    ...(workloads.length > 5 && !verbose
      ? [`  apps/${stack}/{${workloads.map(({ name }) => name).join(',')}}`]
      : workloads.map((workload) => `  ${folderOf(workload)}`)),
    ...section('This can hurt:', listed(of('hurts'))),
    ...section(
      'Data comes along when you copy it, with the service stopped and before it starts here:',
      copies.map((line) => `  ${line}`),
    ),
    ...section('Not as it was:', listed(of())),
    ...section(
      'The usual, of which --verbose lists each:',
      verbose ? listed(of('usual')) : countEqual(of('usual')),
    ),
    ...section('Secret values are not in the code. Give them in the environment, or in .env:', secrets),
    ...section(
      `Marked with "imported:" at ${plural(marks, 'place')}, as defaults or to be looked at. Find them:`,
      marks === 0 ? [] : [`  ${find.length > 160 ? `grep -rn 'imported:' apps/${stack}` : find}`],
    ),
    ...(newTypes ? ['', 'Types that the home did not use before are added to libs/providers.'] : []),
    ...section('Nothing else is missing. Read the code, then:', [
      '  npm run generate',
      `  npm run plan -- ${stack}`,
      `  npm run apply -- ${stack}`,
    ]),
  ].join('\n');
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines];

const formatLeft = (left: Left): string => `  ${formatProblem(problemOf(left))}`;

/** One line for what several are left with alike, at the first place. */
function foldEqual(all: readonly Left[]): string[] {
  return groupsIn(all).map((group) => {
    const [first] = group;
    const names = [...new Set(group.flatMap(({ of }) => of ?? []))];
    const more =
      names.length > 3 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : names.join(', ');
    return formatLeft(names.length === 0 ? first : { ...first, of: more });
  });
}

/** `12 times: container_name: …` */
const countEqual = (all: readonly Left[]): string[] =>
  groupsIn(all).map((group) => `  ${plural(group.length, 'time')}: ${group[0].what}. ${group[0].remedy}.`);

function groupsIn(all: readonly Left[]): (readonly [Left, ...Left[]])[] {
  const groups = new Map<string, [Left, ...Left[]]>();
  for (const one of all) {
    const key =
      one.of === undefined && one.weight !== 'usual'
        ? `${one.where} ${one.what}`
        : `${one.what} ${one.remedy}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [one]);
    else known.push(one);
  }
  return [...groups.values()];
}
