import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { wasGenerated } from '@home/terraform';
import { type DescribedFiles, type DescribedText } from '../described';
import { type Place, type PlacedProblem, generatedFile, isStack } from '../graph/layout';
import { foreignTo, orphansOf } from '../graph/house';

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
  return [
    ...files.flatMap((file) => checkFile(root, file)),
    ...orphans,
    ...stacks.flatMap((place) => checkForeign(root, place, places)),
  ];
}

/**
 * What must hold before generated files are written: none takes the place of what somebody made by hand, and none is
 * applied together with that.
 */
export function checkReplaceable(
  root: string,
  { places, files }: Pick<DescribedFiles, 'places' | 'files'>,
): PlacedProblem[] {
  return files.flatMap(({ place, text }) => {
    const found = readFound(root, place);
    const foreign = isStack(place) ? checkForeign(root, place, places) : [];
    return found === text ? foreign : [...checkMark(place, found), ...foreign];
  });
}

/** No schema and no rule saw it, and a plan would count it as the home's. */
const checkForeign = (root: string, place: Place, places: readonly Place[]): PlacedProblem[] =>
  foreignTo(root, place.stack, places).map((where) => ({
    place,
    where,
    what: 'must be described in TypeScript, since Terraform applies it with the stack',
    remedy: 'Move what it says into a workload, or the file elsewhere',
  }));

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
  if (found === noFile) {
    return [{ place, where, what: 'must be a file, but is something else', remedy: 'Move it away' }];
  }
  if (found === undefined || wasGenerated(found)) return [];
  const what = `must be generated from ${place.file}, but was written by hand: it does not bear the mark of a generated file`;
  return [
    { place, where, what, remedy: 'Move what it says into the TypeScript, or the file to another name' },
  ];
}

/** What has the name of a generated file: its text, nothing, or what has none, such as a folder. */
type Found = string | undefined | typeof noFile;

const noFile = Symbol('no file');

function readFound(root: string, place: Place): Found {
  const file = join(root, generatedFile(place));
  if (!existsSync(file)) return undefined;
  return statSync(file).isFile() ? readFileSync(file, 'utf8') : noFile;
}

/** The first line that differs, counted from 1. */
function firstDifference(expected: string, found: string): number {
  const [wanted, lines] = [expected.split('\n'), found.split('\n')];
  return 1 + wanted.findIndex((line, index) => line !== lines[index]);
}
