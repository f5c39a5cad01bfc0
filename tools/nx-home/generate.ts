import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { diskProblem } from '@home/command';
import { type Problem, removeGenerated, writeFiles } from '@home/terraform';
import { checkFresh, checkReplaceable } from './checks/check-fresh';
import { checkTypes } from './checks/check-types';
import { describeApartOr } from './describe/describe-apart';
import { type Wanted } from './describe-files';
import { type DescribedFiles } from './described';
import {
  type Place,
  type PlacedProblem,
  generatedFile,
  generatedFolder,
  isStack,
  stackPlace,
} from './graph/layout';
import { orphansOf, readHouse } from './graph/house';
import { checkLeft, leftStacks, removeStackFolder } from './graph/left-stacks';
import { placeMap } from './graph/draw-map';

/** What became of one file. */
export interface Change {
  readonly place: Place;
  /** Its path in the workspace. */
  readonly file: string;
  readonly change: 'written' | 'unchanged' | 'removed';
}

/** What a run did. With problems it did nothing, and tells only of files that are as they should be anyway. */
export interface Generation {
  readonly problems: readonly PlacedProblem[];
  readonly changes: readonly Change[];
  /** Stacks that nobody describes any more, and whose files stay until somebody has destroyed what they made. */
  readonly left?: readonly string[];
  /** Whether the README shows another map now. */
  readonly redrawn?: boolean;
}

/** Generates the whole home, all of it or nothing, after everything that can be checked without Terraform. */
export async function generateHome(root: string): Promise<Generation> {
  const described = await describeFiles(root, {});
  const generation = await generate(root, described);
  if (generation.problems.length > 0) return generation;
  const page = pageWithMap(root, described);
  if (page !== undefined) writeFiles(root, new Map([[readme, page]]));
  return { ...removeLeft(root, described, generation), redrawn: page !== undefined };
}

/** Removes what is left of stacks that are gone, unless it still tells what they made. */
function removeLeft(root: string, described: DescribedFiles, { changes }: Generation): Generation {
  const all = leftStacks(root, described);
  const removed = all
    .filter(({ mayHaveMade }) => !mayHaveMade)
    .flatMap(({ stack }) =>
      removeStackFolder(root, stack).map((file): Change => ({
        place: stackPlace(stack),
        file,
        change: 'removed',
      })),
    );
  const left = all.filter(({ mayHaveMade }) => mayHaveMade).map(({ stack }) => stack);
  return { problems: [], changes: [...changes, ...removed], left };
}

const readme = 'README.md';

const staleMap: Problem = {
  where: readme,
  what: 'must show the house as it is, but its map is stale',
  remedy: 'Run `npm run generate`',
};

/** The README with the map as it should be; undefined where it shows just that, or has no place for a map. */
function pageWithMap(root: string, { map }: DescribedFiles): string | undefined {
  const file = join(root, readme);
  if (map === undefined || !existsSync(file)) return undefined;
  const page = readFileSync(file, 'utf8');
  const placed = placeMap(page, map);
  return placed === page ? undefined : placed;
}

/** Generates some stacks and workloads by their folders, all of them or none. Each is checked by itself. */
export async function generateSome(root: string, folders: readonly string[]): Promise<Generation> {
  return generate(root, await describeFiles(root, { folders }));
}

/** Says what is wrong with the home, and which generated files are not what it describes. Writes nothing. */
export async function checkHome(root: string): Promise<readonly Problem[]> {
  const described = await describeFiles(root, {});
  if (described.problems.length > 0) return described.problems;
  const map = pageWithMap(root, described) === undefined ? [] : [staleMap];
  return [...checkFresh(root, described), ...leftStacks(root, described).map(checkLeft), ...map];
}

/**
 * Says what keeps the generated files of some stacks from being what the home describes now: mistakes in their
 * description, and files that are stale, missing, edited or left over. Writes nothing.
 */
export async function checkStacks(root: string, stacks: readonly string[]): Promise<readonly Problem[]> {
  const places = readHouse(root).places.filter(({ stack }) => stacks.includes(stack));
  if (places.length === 0) return [];
  const described = await describeFiles(root, { folders: places.map(({ where }) => where) });
  return described.problems.length > 0 ? described.problems : checkFresh(root, described);
}

const describeFiles = (root: string, wanted: Wanted): Promise<DescribedFiles> =>
  describeApartOr(root, join(__dirname, 'describe-files.ts'), wanted, { places: [], files: [] });

async function generate(root: string, described: DescribedFiles): Promise<Generation> {
  if (described.problems.length > 0) return refuse(root, described);
  // The compiler takes longer than all else, so it is asked of what would change something.
  const isFresh = checkFresh(root, described).length === 0;
  const problems = isFresh
    ? []
    : [...checkReplaceable(root, described), ...(await checkTypes(root, described.places))];
  if (problems.length > 0) return refuse(root, { ...described, problems });
  try {
    return write(root, described);
  } catch (error) {
    const problem = diskProblem(error);
    if (problem === undefined) throw error;
    // What a full disk says names no file.
    const where = problem.where.startsWith(root) ? relative(root, problem.where) : generatedFolder;
    return { problems: [{ ...problem, where }], changes: [] };
  }
}

function write(root: string, { places, files }: DescribedFiles): Generation {
  const folder = join(root, generatedFolder);
  const texts = files.map(({ place, text }) => [belowFolder(generatedFile(place)), text] as const);
  const written = new Set(writeFiles(folder, new Map(texts)));
  const changes = files.map(({ place }): Change => {
    const file = generatedFile(place);
    return { place, file, change: written.has(belowFolder(file)) ? 'written' : 'unchanged' };
  });
  const stacks = files.map(({ place }) => place).filter(isStack);
  const removed = stacks.flatMap((place) =>
    orphansOf(root, place.stack, places).map((file): Change => ({ place, file, change: 'removed' })),
  );
  removeGenerated(
    folder,
    removed.map(({ file }) => belowFolder(file)),
  );
  return { problems: [], changes: [...changes, ...removed] };
}

/** Leaves everything as it is, and counts what is neither affected by a problem nor stale as done. */
function refuse(root: string, described: DescribedFiles): Generation {
  const { problems } = described;
  const affected = new Set([...problems, ...checkFresh(root, described)].map(({ place }) => place?.where));
  const others = described.files.map(({ place }) => place).filter(({ where }) => !affected.has(where));
  return {
    problems,
    changes: others.map((place) => ({ place, file: generatedFile(place), change: 'unchanged' })),
  };
}

/** The writer refuses to leave this folder. */
const belowFolder = (file: string): string => file.slice(generatedFolder.length + 1);
