import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeFiles } from '@home/terraform';
import { type Place, type PlacedProblem } from '../graph/layout';
import { runCompiler } from './run-compiler';

/**
 * Asks the compiler about stacks and workloads, and what they import: a wrong type that no schema and no rule sees would
 * do something else than what was written. It remembers what it saw, since from scratch it takes several times as long.
 *
 * @param root the workspace; without a `tsconfig.json` there is nothing to hold the code to
 */
export async function checkTypes(root: string, places: readonly Place[]): Promise<PlacedProblem[]> {
  if (!existsSync(join(root, 'tsconfig.json'))) return [];
  const project = {
    extends: '../tsconfig.json',
    // What is there to no use does no harm: lint tells of it.
    compilerOptions: {
      tsBuildInfoFile: 'home.tsbuildinfo',
      noUnusedLocals: false,
      noUnusedParameters: false,
    },
    include: [],
    files: places.map(({ file }) => `../${file}`),
  };
  writeFiles(join(root, '.cache'), new Map([['home.tsconfig.json', JSON.stringify(project)]]));
  const found = await runCompiler(root, ['--project', '.cache/home.tsconfig.json']);
  return found.map(({ file = 'tsconfig.json', line, column, what }) => ({
    place: places.find((place) => place.file === file),
    where: `${file}:${line}:${column}`,
    what: `must be what its type says: ${what.replace(/\.$/, '')}`,
    remedy: 'Correct it there',
  }));
}
