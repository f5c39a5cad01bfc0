import { Cron } from 'croner';

interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly words?: readonly string[];
}

const fields: readonly Field[] = [
  { name: 'minute', least: 0, most: 59 },
  { name: 'hour', least: 0, most: 23 },
  { name: 'day of the month', least: 1, most: 31 },
  { name: 'month', least: 1, most: 12, words: 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ') },
  { name: 'day of the week', least: 0, most: 6, words: 'sun mon tue wed thu fri sat'.split(' ') },
];

/**
 * Says what is wrong with a schedule of a CronJob. What Kubernetes takes is what its parser takes, which knows no
 * Sunday 7 and no `L`, `W` or `#`: https://github.com/robfig/cron/blob/v3/parser.go
 *
 * @param schedule five fields, such as `0 3 * * 6`
 * @returns the reason, or undefined when Kubernetes takes it and it ever comes round
 */
export function scheduleFault(schedule: string): string | undefined {
  const given = schedule.trim().split(/\s+/);
  if (given.length !== fields.length) return 'must have five fields';
  for (const [index, field] of fields.entries()) {
    const wrong = given[index]?.split(',').find((range) => !isRange(range, field));
    const { name, least, most } = field;
    if (wrong !== undefined) return `must have a ${name} from ${least} to ${most}, but has "${wrong}"`;
  }
  return comesRound(schedule) ? undefined : 'must come round';
}

/** `*`, `?`, `5`, `1-5` or `mon-fri`, each also with a step: `*` + `/15` */
function isRange(text: string, { least, most, words = [] }: Field): boolean {
  const [matched, first, last = first, step] = /^(?:[*?]|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/.exec(text) ?? [];
  if (matched === undefined || Number(step) === 0) return false;
  if (first === undefined || last === undefined) return true;
  const [from, to] = [first, last].map((bound) => {
    const word = words.indexOf(bound.toLowerCase());
    return word === -1 ? parseInt(/^\d+$/.exec(bound)?.[0] ?? '') : word + least;
  }) as [number, number];
  return from >= least && from <= to && to <= most;
}

function comesRound(schedule: string): boolean {
  try {
    const job = new Cron(schedule, { paused: true, timezone: 'UTC', sloppyRanges: true });
    return job.nextRun(new Date(0)) !== null;
  } catch {
    return false; // A step longer than its range.
  }
}
