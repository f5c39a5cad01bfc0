import { formatProblem } from '@home/terraform';
import { folderOf } from './code/workload-code';
import { type Imported, type Left, type Weight, named, plural, problemOf } from './imported';

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
  const stack = workloads[0]?.stack ?? '';
  const [file, ...otherFiles] = new Set(
    [...left, ...variables].map(({ where }) => where.replace(/:\d+$/, '')),
  );
  const isOneFile = !verbose && file !== undefined && otherFiles.length === 0;
  const placed = (where: string): string => (isOneFile ? where.replace(`${file}:`, 'line ') : where);
  const of = (weight?: Weight): readonly Left[] =>
    left.flatMap((one) => (one.weight === weight ? { ...one, where: placed(one.where) } : []));
  const listed = (all: readonly Left[], most?: number): string[] =>
    verbose ? all.map(formatLeft) : groupsIn(all).map((group) => formatGroup(group, most));
  /** Whether a line alone does not tell what the value is: of several that stood in one block, or of a part of a text. */
  const saysMore = ({ where, holds }: Imported['variables'][number]): boolean =>
    holds.includes(', ') || variables.filter((one) => one.where === where).length > 1;
  const find = `grep -rn 'imported:' ${workloads.map(folderOf).join(' ')}`;
  return [
    `${found}${isOneFile ? ` of ${file}` : ''} became ${plural(workloads.length, 'workload')}:`,
    ...(workloads.length > 5 && !verbose
      ? [`  apps/${stack}/{${workloads.map(({ name }) => name).join(',')}}`]
      : workloads.map((workload) => `  ${folderOf(workload)}`)),
    ...section('This can hurt:', listed(of('hurts'))),
    ...section(
      'Data comes along by scripts, run beside the compose file with it stopped:',
      copies.flatMap(({ file, when, of: services, text }) => [
        `  ${file}, ${when}: ${plural(services.length, 'folder')} of ${[...new Set(services)].join(', ')}`,
        ...(verbose
          ? text
              .trimEnd()
              .split('\n')
              .map((line) => `    ${line}`)
          : []),
      ]),
    ),
    ...section('Not as it was:', listed(of(), fewNames)),
    ...section(
      'The usual, of which --verbose tells each:',
      verbose ? listed(of('usual')) : countEqual(of('usual')),
    ),
    ...section(
      'Secret values are not in the code. Give them in the environment, or in .env:',
      variables.map(
        (one) =>
          `  TF_VAR_${one.name}: ${verbose || saysMore(one) ? `${one.holds}, ` : ''}from ${placed(one.where)}`,
      ),
    ),
    ...(newTypes ? ['', 'Types that the home did not use before are added to libs/providers.'] : []),
    ...section(
      `Nothing else is missing. Read the code${marks === 0 ? '' : `, and ${plural(marks, 'place')} that ${marks === 1 ? 'is' : 'are'} made up`}, then:`,
      [
        ...(marks === 0 ? [] : [`  ${find.length > 78 ? `grep -rn 'imported:' apps/${stack}` : find}`]),
        `  npm run generate && npm run plan -- ${stack}`,
        `  npm run apply -- ${stack}`,
      ],
    ),
  ].join('\n');
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines];

const formatLeft = (left: Left): string => `  ${formatProblem(problemOf(left))}`;

/** How many names are listed of those that hurt nobody. */
const fewNames = 3;

type Group = readonly [Left, ...Left[]];

/** One line for what several are left with alike: at the first place of those with a name, and at all places of others. */
function formatGroup(group: Group, most?: number): string {
  const { where, of, what, remedy } = group[0];
  if (of !== undefined) return formatLeft({ where, of: namesIn(group, most), what, remedy });
  const places = new Set(group.map((one) => one.where));
  return formatLeft({ where: shorten([...places], most), what, remedy });
}

/** `  2 times: volumes: the clock of the host is not mounted: /etc/localtime, /etc/timezone` */
function countEqual(all: readonly Left[]): string[] {
  return groupsIn(all).map((group) => {
    const parts = [...new Set(group.flatMap(({ part }) => part ?? []))];
    const what = [group[0].what, ...(parts.length === 0 ? [] : [shorten(parts, 2)])].join(': ');
    return `  ${plural(group.length, 'time')}: ${what}`;
  });
}

/** `dovecot (143, 993), nginx (80)`, and where all have the same parts `dovecot, nginx (each 80)`. */
function namesIn(group: Group, most?: number): string {
  const parts = new Map<string, string[]>();
  for (const { of, part } of group)
    if (of !== undefined)
      parts.set(of, [...new Set([...(parts.get(of) ?? []), ...(part === undefined ? [] : [part])])]);
  const [own = [], ...others] = parts.values();
  if (others.length > 0 && own.length > 0 && others.every((one) => one.join() === own.join()))
    return named(shorten([...parts.keys()], most), [`each ${shorten(own, most)}`]);
  return shorten(
    [...parts].map(([of, all]) => named(of, all.length === 0 ? all : [shorten(all, most)])),
    most,
  );
}

const shorten = (names: readonly string[], most = names.length): string =>
  names.length > most
    ? `${names.slice(0, most - 1).join(', ')} and ${names.length - most + 1} more`
    : names.join(', ');

function groupsIn(all: readonly Left[]): Group[] {
  const groups = new Map<string, [Left, ...Left[]]>();
  for (const one of all) {
    const key = [one.of === undefined, one.what, one.remedy].join(' ');
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [one]);
    else known.push(one);
  }
  return [...groups.values()];
}
