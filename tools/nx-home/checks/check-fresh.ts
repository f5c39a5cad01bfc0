import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { wasGenerated } from '@home/terraform';
import { type DescribedFiles, type DescribedText } from '../described';
import { type Place, type PlacedProblem, generatedFile, isStack } from '../graph/layout';
import { orphansOf } from '../graph/house';

const remedy = 'Run `npm run generate`; make lasting changes in the TypeScript';

/** What must hold for generated files: they are what the home describes, and no others are left. */
export function checkFresh(
  root: string,
  { places, files }: Pick<DescribedFiles, 'places' | 'files'>,
): PlacedProblem[] {
  const stacks = files.map(({ place }) => place).filter(isStack);
  const orphans = stacks.flatMap((place) =>
    orphansOf(root, place.stack, places).map((where) => ({
      place,
      where,
      what: 'must belong to a workload, but its workload is gone',
      remedy: 'Run `npm run generate`, which removes it',
    })),
  );
  return [...files.flatMap((file) => checkFile(root, file)), ...orphans];
}

/** What must hold before generated files are written: none takes the place of what somebody made by hand. */
export function checkReplaceable(root: string, files: readonly DescribedText[]): PlacedProblem[] {
  return files.flatMap(({ place, text }) => {
    const found = readFound(root, place);
    return found === text ? [] : checkMark(place, found);
  });
}

function checkFile(root: string, { place, text }: DescribedText): PlacedProblem[] {
  const where = generatedFile(place);
  const found = readFound(root, place);
  if (found === undefined) {
    return [{ place, where, what: `must exist, since ${place.file} describes it`, remedy }];
  }
  const foreign = found === text ? [] : checkMark(place, found);
  if (foreign.length > 0 || found === text) return foreign;
  const what = `must be what ${place.file} describes, but is stale or was edited by hand`;
  return [{ place, where: `${where}:${firstDifference(text, String(found))}`, what, remedy }];
}

function checkMark(place: Place, found: Found): PlacedProblem[] {
  const where = generatedFile(place);
  if (found === folder) {
    return [{ place, where, what: 'must be a file, but is a folder', remedy: 'Move it away' }];
  }
  if (found === undefined || wasGenerated(found)) return [];
  const what = `must be generated from ${place.file}, but was written by hand: it does not bear the mark of a generated file`;
  return [
    { place, where, what, remedy: 'Move what it says into the TypeScript, or the file to another name' },
  ];
}

/** What has the name of a generated file: its text, nothing, or a folder. */
type Found = string | undefined | typeof folder;

const folder = Symbol('folder');

function readFound(root: string, place: Place): Found {
  const file = join(root, generatedFile(place));
  if (!existsSync(file)) return undefined;
  return statSync(file).isDirectory() ? folder : readFileSync(file, 'utf8');
}

/** The first line that differs, counted from 1. */
function firstDifference(expected: string, found: string): number {
  const [wanted, lines] = [expected.split('\n'), found.split('\n')];
  return 1 + wanted.findIndex((line, index) => line !== lines[index]);
}
