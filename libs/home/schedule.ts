interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly words?: readonly string[];
  /** What it takes besides, all of which comes round. */
  readonly also?: RegExp;
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

/** Who reads a schedule. */
export type ScheduleReader = 'kubernetes' | 'healthchecks.io';

const fieldsOf: Readonly<Record<ScheduleReader, Readonly<Record<keyof typeof fields, Field>>>> = {
  // It knows no Sunday 7 and no `L`, `W` or `#`: https://github.com/robfig/cron/blob/v3/parser.go
  kubernetes: fields,
  // https://github.com/cuu508/cronsim#supported-cron-expression-features
  'healthchecks.io': {
    ...fields,
    day: { ...fields.day, also: /^LW?$/i },
    weekday: { ...fields.weekday, most: 7, also: /^[0-7](L|#[1-5])$/i },
  },
};

/**
 * Says what is wrong with a schedule.
 *
 * @param schedule five fields, such as `0 3 * * 6`
 * @param reader whose parser counts
 * @returns the reason, or undefined when the reader takes it and it ever comes round
 */
export function scheduleFault(schedule: string, reader: ScheduleReader): string | undefined {
  const inOrder = Object.values(fieldsOf[reader]);
  const given = schedule.trim().split(/\s+/);
  if (given.length !== inOrder.length) return 'must have five fields';
  for (const [index, field] of inOrder.entries()) {
    const wrong = given[index]?.split(',').find((part) => rangeOf(part, field) === undefined);
    const { name, least, most } = field;
    if (wrong !== undefined)
      return `must have ${name === 'hour' ? 'an' : 'a'} ${name} from ${least} to ${most}, but has "${wrong}"`;
  }
  const [, , days = '', months = '', weekdays = ''] = given;
  return comesRound(days, months, weekdays, fieldsOf[reader].day)
    ? undefined
    : 'must fall on a day that exists';
}

/** The values that a part of a field stands for: every `step`th one. */
interface Range {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** Reads a part of a field: `*`, `?`, `5`, `1-5` or `mon-fri`, each also with a step (`1-31/2`). */
function rangeOf(text: string, field: Field): Range | undefined {
  if (field.also?.test(text)) return { from: field.least, to: field.least, step: 1 };
  const [matched, first, last, every = '1'] = /^(?:[*?]|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/.exec(text) ?? [];
  if (matched === undefined) return undefined;
  const { least, most } = field;
  const from = first === undefined ? least : boundOf(first, field);
  const isOne = last === undefined && first !== undefined && !text.includes('/');
  const to = last === undefined ? (isOne ? from : most) : boundOf(last, field);
  const step = Number(every);
  return from >= least && from <= to && to <= most && step >= 1 && step <= most
    ? { from, to, step }
    : undefined;
}

function boundOf(text: string, { least, words = [] }: Field): number {
  const word = words.indexOf(text.toLowerCase());
  return word === -1 ? parseInt(/^\d+$/.exec(text)?.[0] ?? '') : word + least;
}

/** With a day of the week there is one in every week; else one of the months must have one of the days. */
function comesRound(days: string, months: string, weekdays: string, day: Field): boolean {
  if (!weekdays.split(',').some((range) => /^[*?](\/1)?$/.test(range))) return true;
  const inYear = allValues(months, fields.month);
  const longest = Math.max(...inYear.map((month) => new Date(Date.UTC(2024, month, 0)).getUTCDate()));
  return Math.min(...allValues(days, day)) <= longest;
}

const allValues = (text: string, field: Field): number[] =>
  text.split(',').flatMap((part) => {
    const range = rangeOf(part, field);
    if (range === undefined) return [];
    const { from, to, step } = range;
    return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);
  });
