import { checkHouse } from './checks/check-house';
import { type Task } from './describe/describe-apart';
import { describeSteadily } from './describe/describe-steadily';
import { type Place, type PlacedProblem } from './graph/layout';

/** What is to be described. */
export interface Wanted {
  /** The folders of stacks and workloads; the whole home and its rules when left out. */
  readonly folders?: readonly string[];
}

/** The files that the home should have. */
export interface DescribedFiles {
  /** All stacks and workloads of the home. */
  readonly places: readonly Place[];
  /** Without those that need something that has a problem. */
  readonly files: readonly DescribedText[];
  readonly problems: readonly PlacedProblem[];
}

/** A file as it should be. */
export interface DescribedText {
  readonly place: Place;
  readonly text: string;
}

const describeFiles: Task<Wanted, DescribedFiles> = (root, { folders }) => {
  const description = describeSteadily(root, ({ where }) => folders?.includes(where) ?? true);
  const ofHouse = folders === undefined && description.complete ? checkHouse(description) : [];
  return {
    places: description.house.places,
    files: description.files.map(({ place, text }) => ({ place, text })),
    problems: [...description.problems, ...ofHouse],
  };
};

export default describeFiles;
