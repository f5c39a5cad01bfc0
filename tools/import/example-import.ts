import { makeTemporaryFolder } from '@home/files';
import fc from 'fast-check';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printWorkloads } from './code/print-workload';
import { exampleSurroundings } from './example-surroundings';
import { importFrom } from './import-home';
import type { Imported } from './imported';

/** A word that tells one value from another. */
export const word = fc.stringMatching(/^[a-z]{4,7}$/);

/** What became of a source, and all that is written of it. */
export interface Arrived extends Imported {
  readonly text: string;
}

/** Holds what a source becomes against what it says, for random ones of a kind. */
export async function holdAll<Given>(
  given: fc.Arbitrary<Given>,
  { file, print, check }: RandomSource<Given>,
): Promise<void> {
  const folder = makeTemporaryFolder();
  const path = join(folder, 'given', file);
  mkdirSync(join(folder, 'given'));
  try {
    await fc.assert(
      fc.asyncProperty(given, async (one) => {
        writeFileSync(path, print(one));
        const imported = await importFrom({ from: path, stack: 'workloads' }, exampleSurroundings);
        const text = [...(await printWorkloads(imported.workloads)).values()].join('\n');
        check(one, { ...imported, text });
      }),
      { numRuns: 25 },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface RandomSource<Given> {
  readonly file: string;
  print(given: Given): string;
  check(given: Given, arrived: Arrived): void;
}

/** The texts, numbers and flags in a value, each with the members that lead to it. */
export function leavesIn(value: unknown, path: readonly string[] = []): [readonly string[], string][] {
  if (typeof value !== 'object' || value === null) return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, one]: [string, unknown]) =>
    leavesIn(one, Array.isArray(value) ? path : [...path, key]),
  );
}

/** Fails where a part of what was given neither arrived nor is told of. */
export const expectAll = (parts: readonly { readonly part: unknown; readonly is: boolean }[]): void =>
  expect(parts.filter(({ is }) => !is).map(({ part }) => part)).toEqual([]);
