import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A part of the repository in which every fault must be noticed, and by which specs. */
export interface Room {
  readonly name: string;
  /** Files, and folders with all that is in them. */
  readonly sources: readonly string[];
  /** The folders of its specs; jest loads no others, and none of them takes seconds. */
  readonly specs: readonly string[];
}

const life = 'tools/life/terraform';
const guards = ['plan', 'precious', 'state', 'commands'].map((folder) => `${life}/${folder}`);

/** What keeps data and states, and what everything else is written with. */
export const rooms: readonly Room[] = [
  { name: 'libs/terraform', sources: ['libs/terraform'], specs: ['libs/terraform'] },
  { name: 'libs/kubernetes', sources: ['libs/kubernetes'], specs: ['libs/kubernetes'] },
  { name: 'libs/home', sources: ['libs/home'], specs: ['libs/home'] },
  {
    name: 'the guards of the life',
    sources: [
      `${life}/plan`,
      `${life}/precious`,
      `${life}/state`,
      `${life}/commands/destroy.ts`,
      `${life}/commands/plan-and-apply.ts`,
    ],
    specs: guards,
  },
  {
    name: 'the order of stacks',
    sources: ['tools/nx-home/graph'],
    specs: ['tools/nx-home/graph'],
  },
];

/** No code of its own: values, names that a library gives out, what tests are written with, what a tool has written. */
const left = /\.spec\.ts$|(^|\/)(index|facts|example-[a-z]+)\.ts$|\/(generated|examples)\//;

/** The files of a room in which faults are planted, sorted. */
export const sourcesOf = (root: string, { sources }: Room): string[] =>
  sources
    .flatMap((source) => filesBelow(root, source))
    .filter((file) => file.endsWith('.ts') && !left.test(file))
    .sort();

function filesBelow(root: string, path: string): string[] {
  if (statSync(join(root, path)).isFile()) return [path];
  return readdirSync(join(root, path), { recursive: true, encoding: 'utf8' }).map(
    (file) => `${path}/${file}`,
  );
}
