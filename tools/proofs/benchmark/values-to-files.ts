import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Way } from './in-process';
import { type Figure, type Spent, timed } from './measure';

/** What the figures of one process are called. */
export const inOneProcess = {
  floor: 'stringify and write the same bytes',
  files: 'values to files',
  checked: 'with schemas and rules',
} as const satisfies Record<Way, string>;

/**
 * One process on its way from TypeScript values to files, beside writing the same bytes.
 *
 * @param root the home that the apps are for
 * @param folder where they are written
 */
export async function valuesToFiles(root: string, folder: string, count: number): Promise<Figure[]> {
  const written = join(folder, 'written');
  await inProcess(root, 'files', String(count), written);
  let turn = 0;
  const figure = (way: Way, given: string): Figure => ({
    what: inOneProcess[way],
    ...(way === 'floor' ? {} : { beside: [inOneProcess.floor] }),
    // Into a new folder each time: what is there already would be compared and left.
    once: () => inProcess(root, way, given, join(folder, `${way}-${(turn += 1)}`)),
  });
  return [figure('floor', written), figure('files', String(count)), figure('checked', String(count))];
}

/** What was compiled is kept: compiling is no part of the way, and takes 30 MB. */
async function inProcess(root: string, way: Way, given: string, into: string): Promise<Spent> {
  mkdirSync(into, { recursive: true });
  const script = [
    '-r',
    './tools/nx-home/typescript.cjs',
    'tools/proofs/benchmark/in-process.ts',
    way,
    given,
    into,
  ];
  const { output } = await timed([process.execPath, ...script], { cwd: root });
  return JSON.parse(output) as Spent;
}
