import { type OwnedBlock } from './owned-blocks';
import { type Problem } from './problem';

/** One demand on the blocks of a stack or of the whole home. */
export interface Rule {
  /** The demand as a verb: `require-pinned-images`. */
  readonly name: string;
  check(blocks: readonly OwnedBlock[]): Problem[];
}
