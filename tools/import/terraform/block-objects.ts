import { kindOf } from '@home/kubernetes';
import { isPlainObject } from '@home/terraform';
import { type RelatedObject, nested } from '../kubernetes/object-relations';
import { KnownValues } from './known-values';
import type { HclBlock } from './parse-module';

/** The objects of Kubernetes that blocks make, with everything in its place that is known of their arguments. */
export function objectsOf(blocks: readonly HclBlock[]): ReadonlyMap<HclBlock, RelatedObject> {
  const known = new KnownValues(blocks);
  return new Map(
    blocks.flatMap((block): [HclBlock, RelatedObject][] => {
      const kind = objectKind(block);
      const given = kind === undefined ? undefined : known.of(block.body);
      if (kind === undefined || !isPlainObject(given)) return [];
      const { name = '', namespace } = nested(given, 'metadata');
      const space = namespace === undefined || namespace === null ? {} : { namespace: String(namespace) };
      return [[block, { kind, name: String(name), ...space, given }]];
    }),
  );
}

/** The kind of the object that a block makes, in lower case: `kubernetes_stateful_set` → `statefulset`. */
export const objectKind = (block: HclBlock): string | undefined =>
  block.kind === 'resource' ? kindOf(block.type) : undefined;
