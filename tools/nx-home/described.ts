import { type Place, type PlacedProblem } from './graph/layout';

/** The files that the home should have. */
export interface DescribedFiles {
  /** All stacks and workloads of the home. */
  readonly places: readonly Place[];
  /** Without those that need something that has a problem. */
  readonly files: readonly DescribedText[];
  readonly problems: readonly PlacedProblem[];
  /** The map of a whole home without problems, for its README. */
  readonly map?: string;
}

/** A file as it should be. */
export interface DescribedText {
  readonly place: Place;
  readonly text: string;
}
