import { checkFile } from '@home/providers';
import { type OwnedBlock, formatFile } from '@home/terraform';
import { checkNames } from '../graph/check-names';
import { checkOrder } from '../graph/order';
import { type House, importedPlaces, readHouse, workloadsOf } from '../graph/house';
import { type Place, type PlacedProblem, isStack, stackPlace } from '../graph/layout';
import { type Loaded, load } from './load';
import { type RenderedFile, renderFiles } from './render-files';

/** A file and the text that it must have. */
export interface DescribedFile extends RenderedFile {
  readonly text: string;
}

/** What the TypeScript says: the files of some stacks and workloads, and what is wrong with them. */
export interface Description {
  readonly house: House;
  readonly loaded: readonly Loaded[];
  readonly owned: readonly OwnedBlock[];
  /** Without those that need something that has a problem. */
  readonly files: readonly DescribedFile[];
  readonly problems: readonly PlacedProblem[];
  /** Whether everything that was asked for could be loaded, so that what is missing is really missing. */
  readonly complete: boolean;
}

/**
 * Loads and renders stacks and workloads and checks each by itself, against the providers' schemas, too. Writes nothing.
 *
 * @param root the workspace
 * @param isWanted tells whose files are asked for; whatever these need is loaded as well
 */
export function describeHome(root: string, isWanted: (place: Place) => boolean): Description {
  const house = readHouse(root);
  const misplaced = [...checkNames(root, house), ...checkOrder(house)];
  const wanted = new Set(house.places.filter(isWanted));
  const barred = new Set(misplaced.map(({ place }) => place));
  const needed = neededBy([...wanted], house);
  const { loaded, problems: failures } = load(root, house, needed, barred);
  const present = new Set(loaded.map(({ place }) => place));
  const isWhole = (place: Place) =>
    !isStack(place) || workloadsOf(house, place.stack).every((own) => present.has(own));

  const owned = ownedBlocks(loaded);
  const rendered = renderFiles(loaded, owned).filter(({ place }) => wanted.has(place) && isWhole(place));
  return {
    house,
    loaded,
    owned,
    files: rendered.map((file) => ({ ...file, text: formatFile(file.json, file.place.file) })),
    problems: [...misplaced, ...failures, ...rendered.flatMap(checkRendered)],
    complete: misplaced.length === 0 && failures.length === 0,
  };
}

/** Every block, with whose it is. */
export const ownedBlocks = (loaded: readonly Loaded[]): OwnedBlock[] =>
  loaded.flatMap(({ place, blocks }) => blocks.map((block) => ({ owner: place, block })));

/** What is wrong with a file by itself, against the providers' schemas, too. */
export function checkRendered({ place, stack, json, problems }: RenderedFile): PlacedProblem[] {
  const invalid = checkFile(json, place.where, Object.keys(stack.providers));
  return [...problems, ...invalid].map((problem) => ({ ...problem, place }));
}

/**
 * A place needs what it imports and its stack, for the variables and where its state lies; a stack that is asked for
 * needs its workloads, to know what they read of other stacks.
 */
function neededBy(wanted: readonly Place[], house: House): Place[] {
  const byFile = new Map(house.places.map((place) => [place.file, place]));
  const found = new Set<Place>();
  const add = (place: Place | undefined) => {
    if (place === undefined || found.has(place)) return;
    found.add(place);
    add(byFile.get(stackPlace(place.stack).file));
    for (const to of imported.get(place) ?? []) add(to);
  };
  const imported = importedPlaces(house);
  for (const place of wanted) {
    add(place);
    if (isStack(place)) workloadsOf(house, place.stack).forEach(add);
  }
  return [...found];
}
