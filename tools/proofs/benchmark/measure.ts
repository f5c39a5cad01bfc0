import { formatTable } from '@home/command';
import { ProblemsError } from '@home/terraform';
import { run } from '../rehearse/house/run-command';

/** What doing something once took. */
export interface Spent {
  readonly seconds: number;
  /** Seconds of CPU, those of the programs that it started included. */
  readonly cpu: number;
  readonly megabytes?: number;
}

/** Something that is measured. */
export interface Figure {
  readonly what: string;
  /** What it is held against: figures that are measured beside it, added up. */
  readonly beside?: readonly string[];
  /** Does it once. What has to be made ready before does not count. */
  readonly once: () => Promise<Spent>;
}

/** A figure with its medians. */
export interface Measured extends Pick<Figure, 'what' | 'beside'> {
  readonly spent: Spent;
}

/**
 * Measures figures in turns, so that what else the machine does meets all of them: `a b c a b c …`. A first round, in
 * which caches are filled, does not count.
 *
 * @returns the medians
 */
export async function measureInTurns(figures: readonly Figure[], rounds: number): Promise<Measured[]> {
  const all = new Map(figures.map((figure) => [figure, [] as Spent[]]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [{ once }, spent] of all) {
      const one = await once();
      if (round > 0) spent.push(one);
    }
  }
  return [...all].map(([figure, spent]) => ({ ...figure, spent: medianOf(spent) }));
}

function medianOf(all: readonly Spent[]): Spent {
  const median = (values: readonly number[]): number =>
    values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
  const megabytes = median(all.flatMap((one) => one.megabytes ?? []));
  return {
    seconds: median(all.map(({ seconds }) => seconds)),
    cpu: median(all.map(({ cpu }) => cpu)),
    ...(megabytes > 0 ? { megabytes } : {}),
  };
}

/** Lays figures out as a table, each beside what it is held against. */
export function formatFigures(title: string, measured: readonly Measured[]): string {
  const rows = measured.map((figure) => ({ ...figure, floor: floorOf(figure, measured) }));
  const times = (own: number, of: number | undefined): string => (of ? `${(own / of).toFixed(2)}×` : '');
  return formatTable<(typeof rows)[number]>(
    [
      { head: title, show: ({ what }) => what },
      { head: 'time', show: ({ spent }) => `${spent.seconds.toFixed(2)} s` },
      { head: 'CPU', show: ({ spent }) => `${spent.cpu.toFixed(2)} s` },
      { head: 'memory', show: ({ spent: { megabytes } }) => (megabytes ? `${megabytes.toFixed(0)} MB` : '') },
      { head: 'time/floor', show: ({ spent, floor }) => times(spent.seconds, floor?.seconds) },
      { head: 'CPU/floor', show: ({ spent, floor }) => times(spent.cpu, floor?.cpu) },
      {
        head: 'beyond it',
        show: ({ spent, floor }) => (floor ? `${(spent.seconds - floor.seconds).toFixed(2)} s` : ''),
      },
      { head: 'floor', show: ({ beside = [] }) => beside.join(' + ') },
    ],
    rows,
    (line) => line,
  );
}

function floorOf({ beside = [] }: Measured, measured: readonly Measured[]): Spent | undefined {
  const floors = measured.filter(({ what }) => beside.includes(what)).map(({ spent }) => spent);
  if (floors.length === 0) return undefined;
  const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
  return {
    seconds: sum(floors.map(({ seconds }) => seconds)),
    cpu: sum(floors.map(({ cpu }) => cpu)),
  };
}

/** How a command is run: where, with what, and with which exit codes it did what it should. */
interface Setting {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly codes?: readonly number[];
}

/**
 * Runs a command and measures it by the shell's own stopwatch, which knows the CPU of all that it started and waited for.
 *
 * @throws ProblemsError with what it said, when it fails
 */
export async function timed(
  command: readonly string[],
  { cwd, env = process.env, codes = [0] }: Setting,
): Promise<Spent & { readonly output: string }> {
  const stopwatch = ['bash', '-c', 'TIMEFORMAT="%R %U %S"; time "$@"', 'time', ...command];
  const { code, all, output } = await run(stopwatch, { cwd, env });
  if (code === null || !codes.includes(code)) {
    const said = all.trim().split('\n').slice(-12).join('\n');
    throw new ProblemsError([
      { where: command.join(' '), what: `must succeed, but ended with ${code}`, remedy: said },
    ]);
  }
  const lines = all.split('\n');
  const [seconds = 0, user = 0, system = 0] =
    lines
      .findLast((line) => /^[\d.]+ [\d.]+ [\d.]+$/.test(line))
      ?.split(' ')
      .map(Number) ?? [];
  return { seconds, cpu: user + system, output };
}
