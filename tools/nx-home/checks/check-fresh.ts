import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DescribedFiles, type DescribedText } from '../describe-files';
import { type PlacedProblem, generatedFile, isStack } from '../graph/layout';
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

function checkFile(root: string, { place, text }: DescribedText): PlacedProblem[] {
  const where = generatedFile(place);
  if (!existsSync(join(root, where))) {
    return [{ place, where, what: `must exist, since ${place.file} describes it`, remedy }];
  }
  const line = firstDifference(text, readFileSync(join(root, where), 'utf8'));
  if (line === undefined) return [];
  const what = `must be what ${place.file} describes, but is stale or was edited by hand`;
  return [{ place, where: `${where}:${line}`, what, remedy }];
}

/** The first line that differs, counted from 1. */
function firstDifference(expected: string, found: string): number | undefined {
  if (expected === found) return undefined;
  const [wanted, lines] = [expected.split('\n'), found.split('\n')];
  return 1 + wanted.findIndex((line, index) => line !== lines[index]);
}
