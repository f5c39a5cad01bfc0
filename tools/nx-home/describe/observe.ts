import { createHook } from 'node:async_hooks';
import { relative } from 'node:path';
import { type Problem, problemsOf } from '@home/terraform';
import { type Place, type PlacedProblem } from '../graph/layout';
import { EndRefused, type Touch, isRead, listen } from './touches';
import { watchWith } from './watch';

/** What was seen while the home was described. */
export interface Observer {
  /** What nobody was told of yet: mistakes outside of stacks and workloads, and what failed after they were loaded. */
  late(): readonly PlacedProblem[];
}

/**
 * Sees to it that descriptions do nothing but make values in this process, for as long as it lives.
 *
 * @param root the workspace
 * @param begin is told of each place before it is loaded
 */
export function observe(root: string, begin: (place: Place) => void): Observer {
  const places: Place[] = [];
  const touches: Touch[] = [];
  const failures: PlacedProblem[] = [];
  const sources = new Map<Place, readonly string[]>();
  const world = listen((touch) => touches.push(touch));

  watchWith({
    begin(place) {
      begin(place);
      places.push(place);
      world.hearReads(true);
    },
    end() {
      world.hearReads(false);
      const seen = touches.splice(0);
      const place = places.at(-1);
      const read = seen.filter(({ byPackage }) => byPackage).map(({ kind, call }) => `${kind} (${call})`);
      if (place !== undefined) sources.set(place, [...new Set(read)]);
      return complaints(root, seen);
    },
    inAnotherWorld(load) {
      const { stdout, stderr } = process;
      const written = [stdout, stderr].map(({ write }) => write);
      stdout.write = stderr.write = () => true;
      world.turn(true);
      try {
        return load();
      } finally {
        world.turn(false);
        [stdout.write, stderr.write] = written as [typeof stdout.write, typeof stderr.write];
      }
    },
    sourcesOf: (place) => sources.get(place) ?? [],
  });

  const makers = new WeakMap<object, Place>();
  createHook({
    init(_, type, __, promise: object) {
      const place = places.at(-1);
      if (type === 'PROMISE' && place !== undefined) makers.set(promise, place);
    },
  }).enable();
  const fail = (error: unknown, promise?: object): void => {
    if (error instanceof EndRefused) return;
    const maker = promise && makers.get(promise)?.file;
    failures.push(...problemsOf(root, error, maker ?? 'apps'));
  };
  // Unlike a listener, nobody can take that away.
  process.setUncaughtExceptionCaptureCallback((error) => fail(error));
  process.on('unhandledRejection', fail);
  return { late: () => [...complaints(root, touches.splice(0)), ...failures].map(placed) };

  function placed(problem: Problem): PlacedProblem {
    const place = places.find(({ where }) => problem.where.startsWith(`${where}/`));
    return { ...problem, place };
  }
}

/** One line for each place in the code and what it did there. What a package read for it need not have a consequence. */
function complaints(root: string, touches: readonly Touch[]): Problem[] {
  const own = touches.filter(({ kind, byPackage }) => !(byPackage && isRead(kind)));
  const first = new Map(own.toReversed().map((touch) => [`${touch.kind} ${touch.at}`, touch]));
  return [...first.values()].map(({ kind, call, at }) => ({
    where: relative(root, at),
    ...complaint(kind, call),
  }));
}

function complaint(kind: Touch['kind'], call: string): Omit<Problem, 'where'> {
  switch (kind) {
    case 'activity':
      return {
        what: `must be done once it is loaded, but starts something that goes on (${call})`,
        remedy: 'Make values only: no timer, no server, no worker, no request',
      };
    case 'the end':
      return {
        what: `must load to its end, but ends the process (${call})`,
        remedy: 'Take that out; to refuse something, throw an error',
      };
    default:
      return {
        what: `must describe the same each time, but reads ${kind} (${call})`,
        remedy: 'Write the value down in the TypeScript',
      };
  }
}
