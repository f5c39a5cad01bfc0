import type { HomeFacts } from '@home/home';
import { type Step, isPlainObject, valueAt } from '@home/terraform';

/** The facts while they are asked for: those that were not yet are missing. */
export type Draft = Readonly<Record<string, unknown>>;

/**
 * What of somebody else's facts holds in every home: versions, images and schedules. A new home has no replica yet, keeps
 * its states on this machine, and knows nothing of the other one's addresses, accounts and shares.
 */
export const newHome = ({ versions, images, memoryRequests, replication }: HomeFacts): Draft => ({
  // Until there are workers, there is nowhere else for a pod to run.
  cluster: { allowSchedulingOnControlPlanes: true },
  network: {},
  versions,
  images,
  memoryRequests,
  nas: { s3: {} },
  replication: { ...replication, firstDeploy: true },
  terraform: { binary: 'terraform', backend: { kind: 'local' }, stateEncryption: 'when-possible' },
});

/** What stands at a path as a text; undefined for nothing, and for what is none. */
export function textAt(draft: Draft, path: readonly Step[]): string | undefined {
  const value = valueAt(draft, path);
  return typeof value === 'string' ? value : undefined;
}

/** The machines that a draft has so far. */
export const nodesOf = (draft: Draft): readonly Draft[] =>
  (valueAt(draft, ['network', 'nodes']) as readonly Draft[] | undefined) ?? [];

/** A copy with something else at a path. What is undefined is left out, and what is left empty by that. */
export function withValue(draft: Draft, [step = '', ...deeper]: readonly Step[], value: unknown): Draft {
  if (Array.isArray(draft)) {
    const items = draft as readonly unknown[];
    return items.map((item, at) => (at === step ? changed(item, deeper, value) : item)) as never;
  }
  const after = changed(Reflect.get(draft, step), deeper, value);
  return Object.fromEntries(
    Object.entries({ ...draft, [step]: after }).filter(([, member]) => member !== undefined),
  );
}

function changed(before: unknown, deeper: readonly Step[], value: unknown): unknown {
  if (deeper.length === 0) return value;
  const inside = isPlainObject(before) || Array.isArray(before) ? (before as Draft) : {};
  const after = withValue(inside, deeper, value);
  return value === undefined && Object.keys(after).length === 0 ? undefined : after;
}
