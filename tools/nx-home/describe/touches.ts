import { createHook } from 'node:async_hooks';
import childProcess from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import { join, resolve, sep } from 'node:path';
import { performance } from 'node:perf_hooks';
import { filesIn } from '@home/terraform';

/** Something that a description has no business with, since it only makes values, the same ones each time. */
export interface Touch {
  readonly kind: Kind;
  /** What was called, such as `Date.now`. */
  readonly call: string;
  /** The line of the home that did it, such as `/home/me/home/apps/workloads/gotify/main.ts:7:3`. */
  readonly at: string;
  /** A package did it on behalf of that line, perhaps without any consequence. */
  readonly byPackage: boolean;
}

type Kind = 'the clock' | 'chance' | 'the environment' | 'activity' | 'the end';

/** The world as descriptions see it. */
export interface World {
  /** Hears of reads from now on, or no longer: to look who reads takes time, and Node does so with all that it loads. */
  hearReads(heard: boolean): void;
  /** Gives clock, chance and environment other values from now on, or the real ones again. */
  turn(turned: boolean): void;
}

/**
 * Hears of it when the home's code reads the clock, chance or the environment, starts something that goes on after it is
 * loaded, or wants to end this process, which then throws.
 *
 * @param hear is told of each of them
 */
export function listen(hear: (touch: Touch) => void): World {
  const world = { turned: false, heard: false };
  const { env } = process;
  const touched: Touched = (kind, call) => {
    if (isRead(kind) && !world.heard) return;
    const found = caller(kind);
    if (found !== undefined) hear({ kind, call, ...found });
  };
  listenToClock(world, touched);
  for (const [kind, holder, called, methods] of answers)
    for (const name of methods) listenTo(holder, name, () => touched(kind, `${called}.${name}`));
  listenToEnvironment(world, touched);
  listenToEnd(touched);
  listenToActivity(touched);
  return {
    hearReads(heard) {
      world.heard = heard;
    },
    turn(turned) {
      world.turned = turned;
      turnTimeZone(env, turned);
    },
  };
}

type Touched = (kind: Kind, call: string) => void;

/** Further on in each of years, months, days, hours, minutes, seconds and milliseconds. */
const laterBy = 357 + 1000 * (37 + 60 * (17 + 60 * (5 + 24 * 402)));

function listenToClock(world: { readonly turned: boolean }, touched: Touched): void {
  const shift = (): number => (world.turned ? laterBy : 0);
  const { now } = Date;
  const clock = (call: string): number => {
    touched('the clock', call);
    return now() + shift();
  };
  globalThis.Date = new Proxy(Date, {
    construct: (real, given, target) =>
      Reflect.construct(real, given.length > 0 ? given : [clock('new Date()')], target) as Date,
    apply: () => String(new Date(clock('Date()'))),
  });
  const { prototype } = Intl.DateTimeFormat;
  const format = Object.getOwnPropertyDescriptor(prototype, 'format');
  Object.defineProperty(prototype, 'format', {
    ...format,
    get(this: Intl.DateTimeFormat) {
      const real: Intl.DateTimeFormat['format'] = format?.get?.call(this);
      return (date?: Date | number) => real(date ?? clock('Intl.DateTimeFormat'));
    },
  });
  replace(Date, 'now', () => () => clock('Date.now'));
  replace(performance, 'now', (real) => () => {
    touched('the clock', 'performance.now');
    return real.call(performance) + shift();
  });
}

/** A time zone that hardly anybody lives in; its offset is no whole number of hours. */
function turnTimeZone(env: NodeJS.ProcessEnv, turned: boolean): void {
  if (turned) zone = env['TZ'];
  const wanted = turned ? 'Pacific/Chatham' : zone;
  if (wanted === undefined) delete env['TZ'];
  else env['TZ'] = wanted;
}

let zone: string | undefined;

/** What answers something else another time or elsewhere, by who has it and what that is called. */
const answers: readonly (readonly [kind: Kind, holder: object, name: string, methods: readonly string[]])[] =
  [
    ['the clock', process.hrtime, 'process.hrtime', ['bigint']],
    ['the clock', process, 'process', ['hrtime', 'uptime', 'cpuUsage', 'memoryUsage', 'resourceUsage']],
    ['chance', Math, 'Math', ['random']],
    ['chance', globalThis.Crypto.prototype, 'crypto', ['getRandomValues', 'randomUUID']],
    ['chance', crypto, 'crypto', ['randomBytes', 'randomFill', 'randomFillSync', 'randomInt', 'randomUUID']],
    ['chance', crypto, 'crypto', ['generateKeyPairSync', 'generateKeySync']],
    [
      'the environment',
      process,
      'process',
      ['cwd', 'getuid', 'geteuid', 'getgid', 'getegid', 'getgroups', 'umask'],
    ],
    ['the environment', os, 'os', functionsOf(os)],
    ['the environment', childProcess, 'child_process', functionsOf(childProcess)],
    // When a file was written, and by whom, git does not keep.
    ['the environment', fs, 'fs', ['statSync', 'lstatSync', 'fstatSync', 'realpathSync']],
  ];

function listenToEnvironment(world: { readonly turned: boolean }, touched: Touched): void {
  const read = (name: string | symbol): void => touched('the environment', `process.env.${String(name)}`);
  const other = (real: NodeJS.ProcessEnv, name: string | symbol): string | undefined => {
    const value = Reflect.get(real, name) as string | undefined;
    return world.turned && typeof name === 'string' ? `${value ?? ''}, otherwise` : value;
  };
  process.env = new Proxy(process.env, {
    get(real, name) {
      read(name);
      return other(real, name);
    },
    has(real, name) {
      read(name);
      return Reflect.has(real, name) !== world.turned;
    },
    ownKeys(real) {
      touched('the environment', 'process.env');
      return Reflect.ownKeys(real);
    },
  });
  // What lies outside of the workspace is another file on another machine.
  for (const name of ['readFileSync', 'readdirSync', 'existsSync', 'openSync'] as const)
    listenTo(fs, name, (path) => {
      const isOutside = typeof path === 'string' && !resolve(path).startsWith(workspace);
      if (isOutside) touched('the environment', `fs.${name}`);
    });
  for (const name of ['pid', 'ppid', 'platform', 'arch', 'version', 'execPath', 'argv'] as const) {
    const value = process[name];
    Object.defineProperty(process, name, {
      configurable: true,
      enumerable: true,
      get() {
        touched('the environment', `process.${name}`);
        return value;
      },
    });
  }
}

/** What ending the process throws instead; whoever listens was told of it. */
export class EndRefused extends Error {}

/** Without it a description that ends the process would pass for one that was read to its end. */
function listenToEnd(touched: Touched): void {
  for (const name of ['exit', 'abort', 'kill'] as const) {
    replace(process as unknown as Record<typeof name, Method>, name, () => () => {
      touched('the end', `process.${name}`);
      throw new EndRefused(`process.${name} was called`);
    });
  }
}

/** What is over when the code that began it is, or a moment later. */
const passing = /^(PROMISE|TickObject|Microtask|TTYWRAP|PIPEWRAP|WRITEWRAP|SHUTDOWNWRAP|ZLIB|.*REQUEST)$/;

function listenToActivity(touched: Touched): void {
  listenTo(globalThis, 'fetch', () => touched('activity', 'fetch'));
  createHook({
    init(_, type) {
      if (!passing.test(type)) touched('activity', type);
    },
  }).enable();
}

/** Who of the home called what is being called; undefined when the commands themselves did. */
function caller(kind: Kind): Pick<Touch, 'at' | 'byPackage'> | undefined {
  const called = callingFiles();
  // What Node reads for its own sake, such as whether a terminal has colours, is of no consequence.
  if (isRead(kind) && (called[0] ?? 'node:').startsWith('node:')) return undefined;
  const files = called.filter((file) => file.startsWith('/'));
  const isOwn = (file: string): boolean => !isPackage(file);
  const own = files.find(isOwn);
  if (own === undefined || own.startsWith(tools)) return undefined;
  // Only now are lines looked up, which takes time.
  const lines = withStack(() => filesIn(new Error().stack ?? ''));
  const at = lines.find((line) => line.startsWith(`${own}:`));
  return at === undefined ? undefined : { at, byPackage: !isOwn(files[0] ?? own) };
}

/** The files of the code that called what is being called, the innermost first. */
function callingFiles(): string[] {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = (_, sites) => sites;
  const sites = withStack(() => new Error().stack as unknown as string | readonly NodeJS.CallSite[]);
  Error.prepareStackTrace = prepareStackTrace;
  // While a stack is written V8 asks for no other, and what is read then is read to find a line.
  if (typeof sites === 'string') return [];
  return sites
    .map((site) => (site.getFileName() ?? '').replace('file://', ''))
    .filter((file) => file !== '' && file !== __filename);
}

/** Node has many lines of its own between what it is asked and what it does. */
function withStack<Result>(work: () => Result): Result {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 50;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Whether it makes a description say something else another time. */
export const isRead = (kind: Kind): boolean => kind !== 'activity' && kind !== 'the end';

const isPackage = (file: string): boolean => file.includes('/node_modules/');

const workspace = join(__dirname, '../../..') + sep;

/** Where the commands lie. */
const tools = join(workspace, 'tools') + sep;

function functionsOf(holder: object): string[] {
  return Object.entries(holder).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));
}

type Method = (this: unknown, ...given: unknown[]) => unknown;

/** @param hear is told what a method is called with */
function listenTo(holder: object, name: string, hear: (given: unknown) => void): void {
  replace(holder as Record<string, Method>, name, (real) => {
    const heard: Method = function (...given) {
      hear(given[0]);
      return real.apply(this, given);
    };
    // `process.hrtime.bigint` and the like.
    return Object.assign(heard, real);
  });
}

function replace<Held extends object, Name extends keyof Held>(
  holder: Held,
  name: Name,
  by: (real: Held[Name]) => unknown,
): void {
  Object.defineProperty(holder, name, { configurable: true, writable: true, value: by(holder[name]) });
}
