interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly words?: readonly string[];
}

const fields = {
  minute: { name: 'minute', least: 0, most: 59 },
  hour: { name: 'hour', least: 0, most: 23 },
  day: { name: 'day of the month', least: 1, most: 31 },
  month: {
    name: 'month',
    least: 1,
    most: 12,
    words: 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' '),
  },
  weekday: { name: 'day of the week', least: 0, most: 6, words: 'sun mon tue wed thu fri sat'.split(' ') },
} satisfies Record<string, Field>;

/**
 * Says what is wrong with a schedule of a CronJob. What counts is what the parser of Kubernetes takes, which knows no
 * Sunday 7 and no `L`, `W` or `#`: https://github.com/robfig/cron/blob/v3/parser.go
 *
 * @param schedule five fields, such as `0 3 * * 6`
 * @returns the reason, or undefined when Kubernetes takes it and it ever comes round
 */
export function scheduleFault(schedule: string): string | undefined {
  const given = schedule.trim().split(/\s+/);
  const expected = Object.values<Field>(fields);
  if (given.length !== expected.length) return 'must have five fields';
  for (const [index, field] of expected.entries()) {
    const wrong = given[index]?.split(',').find((range) => valuesOf(range, field) === undefined);
    const { name, least, most } = field;
    if (wrong !== undefined) return `must have a ${name} from ${least} to ${most}, but has "${wrong}"`;
  }
  const [, , days = '', months = '', weekdays = ''] = given;
  return comesRound(days, months, weekdays) ? undefined : 'must come round';
}

/** What a part of a field stands for: `*`, `?`, `5`, `1-5` or `mon-fri`, each also with a step (`1-31/2`). */
function valuesOf(text: string, { least, most, words = [] }: Field): number[] | undefined {
  const [matched, first, last, step = '1'] = /^(?:[*?]|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/.exec(text) ?? [];
  const number = (bound: string): number => {
    const word = words.indexOf(bound.toLowerCase());
    return word === -1 ? parseInt(/^\d+$/.exec(bound)?.[0] ?? '') : word + least;
  };
  const from = first === undefined ? least : number(first);
  const isOne = last === undefined && first !== undefined && !text.includes('/');
  const to = last === undefined ? (isOne ? from : most) : number(last);
  const holds = matched !== undefined && from >= least && from <= to && to <= most && Number(step) >= 1;
  if (!holds || Number(step) > most) return undefined;
  return Array.from(
    { length: Math.floor((to - from) / Number(step)) + 1 },
    (_, index) => from + index * Number(step),
  );
}

/** With a day of the week there is one in every week; else one of the months must have one of the days. */
function comesRound(days: string, months: string, weekdays: string): boolean {
  if (!weekdays.split(',').some((range) => /^[*?](\/1)?$/.test(range))) return true;
  const inYear = allValues(months, fields.month);
  const longest = Math.max(...inYear.map((month) => new Date(Date.UTC(2024, month, 0)).getUTCDate()));
  return Math.min(...allValues(days, fields.day)) <= longest;
}

const allValues = (text: string, field: Field): number[] =>
  text.split(',').flatMap((range) => valuesOf(range, field) ?? []);
