import { existsSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { formatTable, openTerminal, runCommand, runProgram } from '@home/command';
import { type Problem, ProblemsError, refuse } from '@home/terraform';
import pc from 'picocolors';
import { type Lines, changedLines } from './changed-lines';
import { type Planted, inLines, lookedAtAgain, readReport, scoreOf } from './planted';
import { type Room, rooms, sourcesOf } from './rooms';

const root = join(__dirname, '../../..');
const results = '.cache/mutate';
const terminal = openTerminal();

/** So many of a hundred faults must be noticed. */
const enough = 80;

const usage = {
  command: 'npm run mutate',
  help: `npm run mutate -- [FILE…] [--since REVISION] [--minutes N]

Plants faults in what keeps data and in the libraries, one at a time, and looks
whether a test fails. All of it takes hours the first time, and then only what
has changed; a FILE takes a minute or a few.
  --since     only the lines that are new or changed since then, by git
  --minutes   begins nothing new after that time, and says what it has not
              looked at`,
  options: { since: { type: 'string' }, minutes: { type: 'string', default: 'Infinity' } },
  positionals: Infinity,
} as const;

/** A file in which faults are planted: everywhere, or in some of its lines. */
interface Chosen {
  readonly room: Room;
  readonly file: string;
  readonly lines?: readonly Lines[] | undefined;
}

/** @throws ProblemsError when a file that was asked for lies in no room */
async function choose(asked: readonly string[], since: string | undefined): Promise<Chosen[]> {
  const all: Chosen[] = rooms.flatMap((room) => sourcesOf(root, room).map((file) => ({ room, file })));
  const names = asked.map((file) => relative(root, resolve(file)));
  const unknown = names.filter((name) => !all.some(({ file }) => isIn(file, name)));
  if (unknown.length > 0) throw new ProblemsError(unknown.map(noRoom));
  const named = all.filter(({ file }) => names.length === 0 || names.some((name) => isIn(file, name)));
  if (since === undefined) return named;
  const changed = await changedLines(root, since).catch((cause: Error) =>
    refuse(
      `--since ${since}`,
      `must be a revision that git knows (${cause.message})`,
      'Fetch it, or name another',
    ),
  );
  return named.flatMap((one) => {
    const lines = changed.get(one.file);
    return lines === undefined ? [] : [{ ...one, lines }];
  });
}

const isIn = (file: string, name: string): boolean => file === name || file.startsWith(`${name}/`);

const noRoom = (where: string): Problem => ({
  where,
  what: 'must be a file in which faults are planted, or a folder of such files',
  remedy: `They lie in ${rooms.flatMap(({ sources }) => sources).join(', ')}`,
});

/**
 * Plants faults in a file, and prints what was not noticed. Most are by the spec beside it, in a fraction of the time that
 * all of its room take; only the others are planted once more.
 *
 * @returns undefined when the time was over first
 * @throws ProblemsError when Stryker fails, as it does when a test fails without any fault
 */
async function plantIn({ room, file, lines }: Chosen, end: number): Promise<Planted[] | undefined> {
  const beside = file.replace(/\.ts$/, '.spec.ts');
  const asked = lines?.map(([first, last]) => `${first}-${last}`);
  const first = existsSync(join(root, beside)) ? await runStryker(file, [beside], asked, end) : [];
  if (first === undefined) return undefined;
  const left = first.filter(({ fate }) => fate === 'survived').map(({ place }) => place);
  const isDone = first.length > 0 && left.length === 0;
  const second = isDone ? [] : await runStryker(file, room.specs, first.length > 0 ? left : asked, end);
  if (second === undefined) return undefined;
  const faults = inLines(first.length > 0 ? lookedAtAgain(first, second) : second, lines);
  const { killed, survived } = scoreOf(faults);
  terminal.say(`${file}: ${killed} of ${killed + survived}`);
  for (const fault of faults.filter(({ fate }) => fate === 'survived')) {
    terminal.say(`  ${file}:${fault.lineNumber}\n    - ${fault.line}\n    + ${fault.fault}`);
  }
  return faults;
}

/**
 * Has Stryker plant faults in a file.
 *
 * @param specs what must notice them
 * @param places where, if not everywhere
 * @returns undefined when the time was over first
 */
async function runStryker(
  file: string,
  specs: readonly string[],
  places: readonly string[] | undefined,
  end: number,
): Promise<Planted[] | undefined> {
  const written = join(root, results, 'report.json');
  rmSync(written, { force: true });
  const mutate = places?.map((place) => `${file}:${place}`) ?? [file];
  const kind = specs[0]?.endsWith('.ts') ? 'beside' : 'room';
  const remembered = `${results}/${file.replaceAll('/', '-')}.${kind}.json`;
  const stryker = [join(root, 'node_modules/.bin/stryker'), 'run', 'tools/proofs/mutate/stryker.config.json'];
  const { stdout } = await runProgram(
    process.execPath,
    [...stryker, '--mutate', mutate.join(','), '--incrementalFile', remembered],
    {
      cwd: root,
      env: { ...process.env, MUTATE_SPECS: specs.join(',') },
      ...(end === Infinity ? {} : { timeout: Math.max(1, end - Date.now()) }),
    },
  );
  if (existsSync(written)) return readReport(written, file);
  rmSync(join(root, results, 'sandbox'), { recursive: true, force: true });
  if (Date.now() >= end) return undefined;
  refuse(
    file,
    `cannot be looked at: ${complaintIn(stdout)}`,
    `Make \`npx jest ${specs.join(' ')}\` pass, and try again`,
  );
}

/** The first line with which Stryker complains. */
const complaintIn = (said: string): string => / ERROR \S+ (.*)/.exec(said)?.[1] ?? 'Stryker said nothing';

function report(planted: ReadonlyMap<Room, readonly Planted[]>): void {
  const rows = [...planted].map(([{ name }, faults]) => ({ name, score: scoreOf(faults) }));
  const columns = [
    { head: 'faults planted in', show: (row: (typeof rows)[number]) => row.name },
    ...(['killed', 'survived', 'equivalent', 'leftOut', 'percent'] as const).map((count) => ({
      head: heads[count],
      show: (row: (typeof rows)[number]) => String(row.score[count]),
    })),
  ];
  if (rows.length > 0) terminal.say(`\n${formatTable(columns, rows, pc.bold)}\n`);
}

const heads = {
  killed: 'noticed',
  survived: 'not noticed',
  equivalent: 'equivalent',
  leftOut: 'left out',
  percent: '%',
} as const;

runCommand(usage, async ({ values, positionals }) => {
  const minutes = Number(values.minutes);
  if (!(minutes > 0))
    refuse(
      '--minutes',
      `must be a number of minutes, not "${values.minutes}"`,
      'Leave it out for all the time it takes',
    );
  const end = Date.now() + minutes * 60_000;
  const chosen = await choose(positionals, values.since);
  const planted = new Map<Room, Planted[]>();
  const late: string[] = [];
  for (const [index, one] of chosen.entries()) {
    if (Date.now() < end) terminal.step(one.file, index + 1, chosen.length);
    const faults = Date.now() < end ? await plantIn(one, end) : undefined;
    if (faults === undefined) late.push(one.file);
    else planted.set(one.room, [...(planted.get(one.room) ?? []), ...faults]);
  }
  report(planted);
  for (const file of late) terminal.say(`NOT LOOKED AT, for the ${minutes} minutes were over: ${file}`);
  const all = scoreOf([...planted.values()].flat());
  terminal.say(`in ${terminal.elapsed()}`);
  terminal.say(`${all.killed} faults noticed, ${all.survived} not`);
  return all.percent < enough ? 1 : 0;
});
