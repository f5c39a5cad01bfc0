import { madeElsewhereAnnotation, spellingOf, unmadeReferences } from '@home/kubernetes';
import type { Block, OwnedBlock } from '@home/terraform';
import type { Surroundings } from '../surroundings';

/** What a block names and nobody here makes. */
export interface Elsewhere {
  /** By which it says so. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly what: string;
}

/**
 * Asks the home's rule which blocks owe a reason for naming what nobody makes, and gives them one that is marked. A namespace
 * may be described and not generated yet.
 */
export function madeElsewhere(
  blocks: readonly Block[],
  { stack, blocks: home, namespaces }: Pick<Surroundings, 'stack' | 'blocks' | 'namespaces'>,
): ReadonlyMap<Block, Elsewhere> {
  const owned = blocks.map((block): OwnedBlock => ({ owner: { stack, workload: '', where: '' }, block }));
  const unmade = unmadeReferences([...home, ...owned]).filter(
    ({ kind, name }) => !(kind === 'namespace' && namespaces.has(String(name))),
  );
  return new Map(
    owned.flatMap((one): [Block, Elsewhere][] => {
      const own = unmade.filter(({ from }) => from === one);
      if (own.length === 0) return [];
      const namesOf = (kind: string): string =>
        [...new Set(own.filter((other) => other.kind === kind).map(({ name }) => String(name)))].join(' ');
      const kinds = [...new Set(own.map(({ kind }) => kind))];
      const annotations = kinds.map((kind) => [
        madeElsewhereAnnotation(kind),
        `imported: nobody here makes ${namesOf(kind)}`,
      ]);
      const what = `nobody here makes ${kinds.map((kind) => `the ${spellingOf(kind)} ${namesOf(kind)}`).join(' and ')}`;
      return [[one.block, { annotations: Object.fromEntries(annotations) as Record<string, string>, what }]];
    }),
  );
}

/** What to do about it. */
export const makeIt = 'It does not run without: make it, or take out what names it';
