import { type OwnedBlock, formatFile } from '@home/terraform';
import { checkNames } from '../graph/check-names';
import { type House, readHouse, workloadsOf } from '../graph/house';
import { type Place, type PlacedProblem, isStack } from '../graph/layout';
import { checkOrder } from '../graph/order';
import { type Loaded, load } from './load';
import { type RenderedFile, checkRendered, renderFiles } from './render-files';

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
 * Loads and renders stacks and workloads and checks each by itself, against the providers' schemas too. Writes nothing.
 *
 * @param root the workspace
 * @param isWanted tells whose files are asked for; whatever these need is loaded as well
 */
export function describeHome(root: string, isWanted: (place: Place) => boolean): Description {
  const house = readHouse(root);
  const misplaced = [...checkNames(root, house), ...checkOrder(house)];
  const barred = new Set(misplaced.map(({ place }) => place));
  const { loaded, owned, files, failures } = renderHome(root, house, isWanted, barred);
  return {
    house,
    loaded,
    owned,
    files,
    problems: [...misplaced, ...failures, ...files.flatMap(checkRendered)],
    complete: misplaced.length === 0 && failures.length === 0,
  };
}

/** Loads and renders, and checks nothing. `barred` has the places with a problem already. */
export function renderHome(
  root: string,
  house: House,
  isWanted: (place: Place) => boolean,
  barred: ReadonlySet<Place | undefined>,
): Pick<Description, 'loaded' | 'owned' | 'files'> & { readonly failures: readonly PlacedProblem[] } {
  // What a stack reads of other stacks shows in its workloads.
  const wanted = house.places.filter(isWanted);
  const needed = wanted.flatMap((place) =>
    isStack(place) ? [place, ...workloadsOf(house, place.stack)] : [place],
  );
  const { loaded, problems: failures } = load(root, house, needed, barred);

  const present = new Set(loaded.map(({ place }) => place));
  const isWhole = (place: Place): boolean =>
    !isStack(place) || workloadsOf(house, place.stack).every((workload) => present.has(workload));
  const owned = ownedBlocks(loaded);
  const asked = new Set(wanted);
  const rendered = renderFiles(loaded, owned).filter(({ place }) => asked.has(place) && isWhole(place));
  const files = rendered.map((file) => ({ ...file, text: formatFile(file.json, file.place.file) }));
  return { loaded, owned, files, failures };
}

/** Every block, with whose it is. */
export const ownedBlocks = (loaded: readonly Loaded[]): OwnedBlock[] =>
  loaded.flatMap(({ place, blocks }) => blocks.map((block) => ({ owner: place, block })));
