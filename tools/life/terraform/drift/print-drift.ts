import type { Colors } from '@home/command';
import { grouped } from '../grouped';
import { type ArgumentChange, formatValue } from '../plan/argument-changes';
import type { Drifted } from './find-drift';

/** The drift of one stack. */
export interface StackDrift {
  readonly stack: string;
  readonly drifted: readonly Drifted[];
  /** Why nothing is known, when that is so. */
  readonly problem?: string;
}

/** Drift for people at a terminal. */
export function printDrift({ stack, drifted }: StackDrift, colors: Colors): string[] {
  if (drifted.length === 0) return [`${colors.bold(stack)}: as it was left`];
  const lines = [`${colors.bold(stack)}: ${count(drifted)} changed behind Terraform's back`];
  for (const [workload, own] of byWorkload(drifted)) {
    lines.push('', `  ${colors.bold(workload)}`);
    for (const { address, vanished, arguments: changed } of own) {
      lines.push(
        `    ${colors.yellow(vanished ? `- ${address}` : `~ ${address}`)}${vanished ? ' is gone' : ''}`,
      );
      lines.push(...changed.map((one) => `        ${sentence(one)}`));
    }
  }
  return lines;
}

/** Drift as Markdown, for the summary of a scheduled job. */
export function driftMarkdown(stacks: readonly StackDrift[]): string {
  return stacks.map(stackMarkdown).join('\n');
}

function stackMarkdown({ stack, drifted, problem }: StackDrift): string {
  const title = `### ${stack}`;
  if (problem !== undefined) return `${title}\n\nNothing is known: ${cell(problem)}\n`;
  if (drifted.length === 0) return `${title}\n\nAs it was left.\n`;
  const rows = [...byWorkload(drifted)].flatMap(([workload, own]) =>
    own.flatMap(({ address, vanished, arguments: changed }) =>
      vanished
        ? [`| ${cell(workload)} | \`${cell(address)}\` | is gone |`]
        : changed.map((one) => `| ${cell(workload)} | \`${cell(address)}\` | ${cell(sentence(one))} |`),
    ),
  );
  return [
    title,
    '',
    `${count(drifted)} changed behind Terraform's back.`,
    '',
    '| workload | resource | what |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

const sentence = ({ path, sensitive, old, new: is }: ArgumentChange): string =>
  sensitive ? `${path}: (sensitive)` : `${path}: was ${formatValue(old)}, is ${formatValue(is)}`;

const byWorkload = (drifted: readonly Drifted[]) =>
  grouped(drifted, ({ workload }) => workload ?? '(described no longer)');

const count = ({ length }: readonly Drifted[]): string =>
  length === 1 ? '1 resource was' : `${length} resources were`;

/** Nothing that a value holds may leave its cell of a table. */
const cell = (text: string): string =>
  text
    .replace(/[\\|`<>]/g, (sign) => (sign === '<' ? '&lt;' : sign === '>' ? '&gt;' : `\\${sign}`))
    .replace(/\s+/g, ' ');
