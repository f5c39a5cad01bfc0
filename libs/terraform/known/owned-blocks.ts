import { type Block } from '../expression';
import { type Problem } from '../problem';

/** Which workload of which stack a block belongs to. The stack's own file counts as the workload `stack`. */
export interface Owner {
  readonly stack: string;
  readonly workload: string;
  /** The folder or file that a message names, such as `apps/workloads/gotify`. */
  readonly where: string;
}

export interface OwnedBlock {
  readonly owner: Owner;
  readonly block: Block;
}

/** One demand on the blocks of a stack or of the whole home: gives what breaks it. */
export type Rule = (blocks: readonly OwnedBlock[]) => Problem[];

/** All blocks known in a run, and who owns them. */
export class OwnedBlocks {
  readonly #owners = new Map<Block, Owner[]>();
  readonly #outputs = new Map<string, Block[]>();

  constructor(readonly blocks: readonly OwnedBlock[]) {
    for (const { owner, block } of blocks) {
      this.#owners.set(block, [...this.owners(block), owner]);
      if (block.kind === 'output') this.#outputs.set(owner.stack, [...this.outputs(owner.stack), block]);
    }
  }

  /** The owners of a block: none when nobody exports it, several when stacks share it (a variable). */
  owners(block: Block): readonly Owner[] {
    return this.#owners.get(block) ?? [];
  }

  /** The outputs that a stack declares. */
  outputs(stack: string): readonly Block[] {
    return this.#outputs.get(stack) ?? [];
  }
}
