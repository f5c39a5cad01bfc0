import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Block, isExpression, resolve, sourceOf } from '@home/terraform';
import { type House } from '../graph/house';
import { isStack } from '../graph/layout';
import { importedStacks } from '../graph/stacks';
import { type Description } from './describe-home';

/** How a workload imports what another one exports: `import { apps } from '@home/platform/spaces'`. */
export interface Import {
  readonly from: string;
  readonly name: string;
}

/** What a workload exports besides its blocks, and how others import it. */
export interface Offer extends Import {
  readonly value: unknown;
}

/**
 * What the workloads of a stack may import from others.
 *
 * @param root the workspace
 * @param description the whole home
 */
export function offersTo(stack: string, root: string, { house, loaded }: Description): Offer[] {
  const require = createRequire(join(root, 'package.json'));
  const within = reachableStacks(house, stack);
  return loaded
    .filter(({ place }) => !isStack(place) && within.has(place.stack))
    .flatMap(({ place }) => {
      const exported: Readonly<Record<string, unknown>> = require(join(root, place.file));
      const from = `@home/${place.stack}/${place.workload}`;
      return Object.entries(exported).map(([name, value]) => ({ from, name, value }));
    });
}

/** The namespace that a value names: `forApps.ref.metadata[0].name`. Undefined for anything else. */
export function namespaceOf(value: unknown): string | undefined {
  if (blockOf(value)?.type !== 'kubernetes_namespace_v1') return undefined;
  const namespace = resolve(value);
  return typeof namespace === 'string' ? namespace : undefined;
}

/** A stack and those that it imports, by others too: what its workloads may import from. */
function reachableStacks(house: House, stack: string): Set<string> {
  const imports = importedStacks(house);
  const reached = new Set([stack]);
  // A set is walked to its end, what was added on the way included.
  for (const one of reached) for (const next of imports.get(one) ?? []) reached.add(next);
  return reached;
}

function blockOf(value: unknown): Block | undefined {
  const made = isExpression(value) ? sourceOf(value) : undefined;
  return made?.kind === 'reference' && typeof made.target.root !== 'string' ? made.target.root : undefined;
}
