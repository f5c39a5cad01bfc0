import { readFileSync } from 'node:fs';
import type { Lines } from './changed-lines';
import { type Equivalent, equivalents } from './equivalents';

/** How a fault fared that was planted; `equivalent` is one that may survive. */
export type Fate = 'killed' | 'survived' | 'equivalent' | 'left out';

/** One fault. */
export interface Planted {
  readonly file: string;
  readonly lineNumber: number;
  /** As `--mutate` of Stryker takes it, behind the name of the file: it counts columns from 0. */
  readonly place: string;
  /** The line as it stands there, and with the fault. */
  readonly line: string;
  readonly fault: string;
  readonly fate: Fate;
}

/** What Stryker writes: https://github.com/stryker-mutator/mutation-testing-elements/tree/master/packages/report-schema */
interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
}

interface Mutant {
  readonly status: string;
  readonly replacement?: string;
  readonly location: { readonly start: Position; readonly end: Position };
}

interface Position {
  readonly line: number;
  readonly column: number;
}

/** A fault that makes a test hang, or that cannot be compiled, does not pass. */
const fates: Readonly<Record<string, Fate>> = {
  Killed: 'killed',
  Timeout: 'killed',
  RuntimeError: 'killed',
  CompileError: 'killed',
  Ignored: 'left out',
};

/**
 * Reads a report of Stryker's.
 *
 * @param file the file in which the faults were planted
 */
export function readReport(path: string, file: string): Planted[] {
  const { files } = JSON.parse(readFileSync(path, 'utf8')) as Report;
  const { source, mutants } = files[file] ?? { source: '', mutants: [] };
  return mutants.map((mutant) => planted(file, source, mutant));
}

/** The faults in some lines, in all where none are given: a report holds what was remembered of the others, too. */
export const inLines = (faults: readonly Planted[], lines?: readonly Lines[]): Planted[] =>
  faults.filter(({ place }) => {
    const [begin = 0, end = 0] = place.split('-').map((position) => parseInt(position));
    return lines?.some(([first, last]) => begin <= last && end >= first) ?? true;
  });

function planted(file: string, source: string, { status, replacement = '', location }: Mutant): Planted {
  const lines = source.split('\n');
  const { start, end } = location;
  const [first = '', last = ''] = [lines[start.line - 1], lines[end.line - 1]];
  const line = first.trim();
  const [fault = ''] = `${first.slice(0, start.column - 1)}${replacement}${last.slice(end.column - 1)}`
    .trim()
    .split('\n');
  const fate = fates[status] ?? (isEquivalent({ file, line, fault }) ? 'equivalent' : 'survived');
  const place = `${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`;
  return { file, lineNumber: start.line, place, line, fault, fate };
}

const isEquivalent = (found: Pick<Equivalent, 'file' | 'line' | 'fault'>): boolean =>
  equivalents.some(
    ({ file, line, fault }) => file === found.file && line === found.line && fault === found.fault,
  );

const isSame = (one: Planted, other: Planted): boolean =>
  one.place === other.place && one.fault === other.fault && one.line === other.line;

/** What became of faults in the end: of those that a first look did not notice, what a second one says. */
export const lookedAtAgain = (first: readonly Planted[], second: readonly Planted[]): Planted[] =>
  first.map((fault) =>
    fault.fate === 'killed' ? fault : (second.find((again) => isSame(fault, again)) ?? fault),
  );

/** How many of some faults were noticed. */
export interface Score {
  readonly killed: number;
  readonly survived: number;
  readonly equivalent: number;
  readonly leftOut: number;
  /** Of those that could be noticed; 100 where there is none. */
  readonly percent: number;
}

/** Counts faults. */
export function scoreOf(faults: readonly Planted[]): Score {
  const count = (fate: Fate): number => faults.filter((fault) => fault.fate === fate).length;
  const [killed, survived] = [count('killed'), count('survived')];
  const percent = killed + survived === 0 ? 100 : Math.floor((1000 * killed) / (killed + survived)) / 10;
  return { killed, survived, equivalent: count('equivalent'), leftOut: count('left out'), percent };
}
