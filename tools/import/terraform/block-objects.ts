import { isPlainObject } from '@home/terraform';
import { Computed } from './computed';
import { fieldsOf, textOf } from '../kubernetes/fields';
import { typeOfKind } from '../kubernetes/kubernetes-types';
import type { Manifest } from '../kubernetes/read-manifests';
import { kindOfResource } from '../kubernetes/resource-types';
import { type RestoreValue, restoreObject } from '../kubernetes/restore-object';
import { KnownValues } from './known-values';
import { declaredType } from './module-scope';
import type { HclBlock, HclBody } from './parse-module';

/** A block that makes an object of Kubernetes, as Kubernetes sees it. */
export interface BlockObject {
  readonly block: HclBlock;
  /** Holds what is known; `Computed`, where only Terraform knows. */
  readonly manifest: Manifest;
  /** The arguments, with everything in its place that is known. */
  readonly given: HclBody;
}

/** The objects that blocks make. */
export function objectsOf(blocks: readonly HclBlock[]): ReadonlyMap<HclBlock, BlockObject> {
  const known = new KnownValues(blocks);
  const restore = restoreKnown();
  return new Map(
    blocks.flatMap((block): [HclBlock, BlockObject][] => {
      const given = known.of(block.body);
      const object = isPlainObject(given) ? objectOf(block, given, restore) : undefined;
      return object === undefined ? [] : [[block, object]];
    }),
  );
}

/** `kubernetes_stateful_set` → `StatefulSet` */
export const kindOf = (block: HclBlock): string | undefined => objectKindOf(block)?.kind;

function objectKindOf(block: HclBlock) {
  const { known } = declaredType(block);
  return block.kind === 'resource' && known !== undefined ? kindOfResource(known.name) : undefined;
}

function objectOf(block: HclBlock, given: HclBody, restore: RestoreValue): BlockObject | undefined {
  const { known } = declaredType(block);
  const kind = objectKindOf(block);
  const type = kind && typeOfKind(kind.apiVersion, kind.kind);
  if (known === undefined || kind === undefined || type === undefined) return undefined;
  const value = restoreObject(type, known.block, given, restore);
  const { name = '', namespace } = fieldsOf(value['metadata']);
  return {
    block,
    given,
    manifest: {
      file: block.file,
      ...kind,
      name: String(name),
      ...(namespace !== undefined && { namespace: String(namespace) }),
      value,
      where: () => block.where,
    },
  };
}

/** Gives values the types that Kubernetes has for them, as the provider does; the same source is one value. */
function restoreKnown(): RestoreValue {
  const computed = new Map<string, Computed>();
  return (value, kind) => {
    const text = textOf(value);
    if (text?.includes('${') || text?.includes('%{')) {
      const one = computed.get(text) ?? new Computed(text);
      computed.set(text, one);
      return one;
    }
    const takesNumbers = kind === 'number' || kind === 'numberOrText';
    if (text !== undefined && takesNumbers && /^\d+$/.test(text)) return Number(text);
    if (kind === 'flag' && (text === 'true' || text === 'false')) return text === 'true';
    return kind === 'text' || kind === 'quantity' ? String(value) : value;
  };
}
