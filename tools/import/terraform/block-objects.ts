import { isPlainObject } from '@home/terraform';
import type { ObjectName } from '../kubernetes/object-links';
import type { NamedObject } from '../kubernetes/object-relations';
import { KnownValues } from './known-values';
import { declaredType } from './module-scope';
import type { HclBlock, HclBody } from './parse-module';

/** A block that makes an object of Kubernetes, as Kubernetes sees it. */
export interface BlockObject extends NamedObject, ObjectName {
  /** The arguments, with everything in its place that is known. */
  readonly given: HclBody;
}

/** The objects that blocks make. */
export function objectsOf(blocks: readonly HclBlock[]): ReadonlyMap<HclBlock, BlockObject> {
  const known = new KnownValues(blocks);
  return new Map(
    blocks.flatMap((block): [HclBlock, BlockObject][] => {
      const kind = block.kind === 'resource' ? kindOf(block) : undefined;
      const given = known.of(block.body);
      return kind === undefined || !isPlainObject(given) ? [] : [[block, objectOf(kind, given, block.label)]];
    }),
  );
}

/** `kubernetes_stateful_set_v1` → `StatefulSet` */
export function kindOf(block: HclBlock): string | undefined {
  const name = declaredType(block).known?.name ?? block.type;
  const words = /^kubernetes_(.+?)(_v\d+(beta\d+)?)?$/.exec(name)?.[1];
  return words?.replace(/(^|_)(.)/g, (_, __, letter: string) => letter.toUpperCase());
}

function objectOf(kind: string, given: HclBody, label: string): BlockObject {
  const value = asManifest(given);
  const { name = label, namespace } = isPlainObject(value['metadata']) ? value['metadata'] : {};
  return { kind, name: String(name), ...(typeof namespace === 'string' && { namespace }), value, given };
}

const manifestNames: Readonly<Record<string, string>> = {
  match_labels: 'matchLabels',
  pod_selector: 'podSelector',
  job_template: 'jobTemplate',
};

/** Blocks as members, under the names that manifests have for them. */
function asManifest(body: HclBody): Readonly<Record<string, unknown>> {
  const members = Object.entries(body).map(([name, value]) => {
    const [only, ...more]: readonly unknown[] = Array.isArray(value) ? value : [value];
    const isOne = more.length === 0 && isPlainObject(only);
    return [manifestNames[name] ?? name, isOne ? asManifest(only) : value];
  });
  return Object.fromEntries(members);
}
