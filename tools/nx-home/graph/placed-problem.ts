import { type Problem } from '@home/terraform';
import { type Place } from './layout';

/** A problem and the stack or workload that it is about, if it is about a certain one. */
export interface PlacedProblem extends Problem {
  readonly place?: Place | undefined;
}
