import {
  madeElsewhereAnnotation,
  oddSelectors,
  selectorAnnotation,
  spellingOf,
  unmadeReferences,
} from '@home/kubernetes';
import type { Block, OwnedBlock } from '@home/terraform';
import type { Loss } from '../imported';
import type { Surroundings } from '../surroundings';

/** A reason that a block owes for how it stands to others. */
export interface OwedReason {
  /** In which it says so. */
  readonly annotation: string;
  readonly reason: string;
  readonly told: Loss;
}

/**
 * Asks the home's rules which blocks owe a reason for naming what nobody makes, or for selecting the pods of several workloads
 * or of none, and gives them one that is marked. A namespace may be described and not generated yet.
 */
export function owedToOthers(
  blocks: readonly Block[],
  { stack, blocks: home, namespaces }: Pick<Surroundings, 'stack' | 'blocks' | 'namespaces'>,
): ReadonlyMap<Block, readonly OwedReason[]> {
  const owned = blocks.map((block): OwnedBlock => ({ owner: { stack, workload: '', where: '' }, block }));
  const all = [...home, ...owned];
  const unmade = unmadeReferences(all).filter(
    ({ kind, name }) => !(kind === 'namespace' && namespaces.has(String(name))),
  );
  const odd = oddSelectors(all);
  return new Map(
    owned.map((one): [Block, OwedReason[]] => {
      const own = unmade.filter(({ from }) => from === one);
      const kinds = [...new Set(own.map(({ kind }) => kind))];
      return [
        one.block,
        [
          ...kinds.map((kind) =>
            elsewhere(
              kind,
              own.flatMap((other) => (other.kind === kind ? String(other.name) : [])),
            ),
          ),
          ...odd
            .filter(({ service }) => service.owned === one)
            .map(({ makers }) => selecting(makers.map(({ name }) => String(name)))),
        ],
      ];
    }),
  );
}

function elsewhere(kind: string, given: readonly string[]): OwedReason {
  const names = [...new Set(given)].join(' ');
  return {
    annotation: madeElsewhereAnnotation(kind),
    reason: `imported: nobody here makes ${names}`,
    told: [
      `nobody here makes this ${spellingOf(kind)}`,
      'It does not run without: make it, or take out what names it',
      'hurts',
      names,
    ],
  };
}

function selecting(makers: readonly string[]): OwedReason {
  const what =
    makers.length === 0
      ? 'nobody here makes the pods that it selects'
      : `it selects the pods of ${makers.join(' and ')}`;
  return {
    annotation: selectorAnnotation(),
    reason: `imported: ${what}`,
    told:
      makers.length === 0
        ? [what, 'It leads nowhere until somebody does', 'hurts']
        : [what, 'Look whether each of them answers at its ports'],
  };
}

/** The annotations in which a block gives its reasons. */
export const annotationsOf = (owed: readonly OwedReason[]): Readonly<Record<string, string>> =>
  Object.fromEntries(owed.map(({ annotation, reason }) => [annotation, reason]));
