import type { ArgumentChange } from './argument-changes';

const longest = 120;
const mostLines = 8;

/** `image: "a:1" → "a:2"`; texts of several lines as the lines that differ. */
export function formatArgument(argument: ArgumentChange): string[] {
  const { path, old: was, new: is } = argument;
  if (argument.sensitive) return [`${path}: (sensitive)`];
  if (typeof was === 'string' && typeof is === 'string' && (was.includes('\n') || is.includes('\n'))) {
    return [`${path}:`, ...changedLines(was, is).map((line) => `  ${line}`)];
  }
  return [`${path}: ${formatValue(was)} → ${argument.unknown ? '(known when done)' : formatValue(is)}`];
}

/** A value on one line of bearable length. */
export function formatValue(value: unknown): string {
  if (value === undefined) return '(none)';
  const text = JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** The lines between the common beginning and the common end of two texts. */
function changedLines(was: string, is: string): string[] {
  const [old, fresh] = [was.split('\n'), is.split('\n')];
  let start = 0;
  while (start < Math.min(old.length, fresh.length) && old[start] === fresh[start]) start += 1;
  let end = 0;
  const most = Math.min(old.length, fresh.length) - start;
  while (end < most && old.at(-1 - end) === fresh.at(-1 - end)) end += 1;
  const lines = [
    ...old.slice(start, old.length - end).map((line) => `- ${line}`),
    ...fresh.slice(start, fresh.length - end).map((line) => `+ ${line}`),
  ];
  const cut =
    lines.length > mostLines
      ? [...lines.slice(0, mostLines), `… ${lines.length - mostLines} more lines`]
      : lines;
  return [
    `from line ${start + 1}`,
    ...cut.map((line) => (line.length > longest ? `${line.slice(0, longest - 1)}…` : line)),
  ];
}
