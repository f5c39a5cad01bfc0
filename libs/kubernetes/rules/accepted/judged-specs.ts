import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Body, isPlainObject } from '@home/terraform';

/** What the API server says to an object: it takes it with a warning, too. */
export type Verdict = 'refused' | 'warned' | 'accepted';

/** An object that an API server was asked about: a base with some arguments changed. */
export interface JudgedSpec {
  readonly name: string;
  readonly base: string;
  /** Path → what stands there instead; null takes it out, `{ "repeat": "x", "times": 3 }` is a long text. */
  readonly change: Readonly<Record<string, unknown>>;
  readonly verdict: Verdict;
  /** The server's words. */
  readonly said?: string;
  /** Only an apply tells, and no dry run, so that nobody asks again. */
  readonly onlyApplied?: true;
  /** Why a rule refuses what the server takes. */
  readonly stricter?: string;
}

/** A table of objects, and what an API server said to each. */
export interface JudgedSpecs {
  /** What it was asked of: `v1.36.3`. */
  readonly server: string;
  readonly bases: Readonly<Record<string, { readonly type: string; readonly body: Body }>>;
  readonly specs: readonly JudgedSpec[];
}

/** Where the table stands; `npm run prove:kubernetes -- --record` writes what a server says into it. */
export const judgedFile = join(__dirname, 'judged.json');

export const readJudgedSpecs = (): JudgedSpecs => JSON.parse(readFileSync(judgedFile, 'utf8')) as JudgedSpecs;

/** The type and the arguments of the block that a spec stands for. */
export function blockOfSpec(
  { bases }: JudgedSpecs,
  { base, change }: JudgedSpec,
): { type: string; body: Body } {
  const found = bases[base];
  if (found === undefined) throw new Error(`${judgedFile} has no base ${base}`);
  const body = JSON.parse(JSON.stringify(found.body)) as object;
  for (const [path, value] of Object.entries(change)) place(body, path, lengthen(value));
  return { type: found.type, body: body as Body };
}

function place(body: object, path: string, value: unknown): void {
  const steps = path.split(/[.[\]]+/).filter((step) => step !== '');
  const last = steps.pop() ?? '';
  let around: object = body;
  for (const step of steps) {
    if (Reflect.get(around, step) === undefined) Reflect.set(around, step, {});
    around = Reflect.get(around, step) as object;
  }
  if (value === null) Reflect.deleteProperty(around, last);
  else Reflect.set(around, last, value);
}

function lengthen(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lengthen);
  if (!isPlainObject(value)) return value;
  const { repeat, times } = value as { readonly repeat?: unknown; readonly times?: unknown };
  if (typeof repeat === 'string' && typeof times === 'number') return repeat.repeat(times);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, lengthen(member)]));
}
