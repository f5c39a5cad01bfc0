import { type OwnedBlock, isExpression, isPlainObject } from '@home/terraform';
import { nestedBlock } from './known-body';
import { type KubernetesObject, objectsIn } from './objects';
import { type Pod, podsIn } from './pods';
import { selectsByLabels } from './selectors';

/** A Service, and the pods that it sends people to. */
export interface Backing {
  readonly service: KubernetesObject;
  /** Those of which it is certain. */
  readonly pods: readonly Pod[];
  /** Whether there may be more, whose labels or namespace only Terraform knows. */
  readonly open: boolean;
}

/** All Services of a home that select pods. A Service without a selector is given its addresses by others. */
export function backingsIn(home: readonly OwnedBlock[]): readonly Backing[] {
  const known = found.get(home) ?? findBackings(home);
  found.set(home, known);
  return known;
}

const found = new WeakMap<readonly OwnedBlock[], readonly Backing[]>();

function findBackings(home: readonly OwnedBlock[]): Backing[] {
  const candidates = candidatesIn(home);
  return objectsIn(home)
    .ofKind('service')
    .filter(({ owned, body }) => owned.block.kind === 'resource' && hasSelector(body))
    .map((service) => {
      const { selector } = nestedBlock(service.body['spec']);
      const pods = candidates(selector).map((pod) => ({ pod, certain: selected(service, pod) }));
      return {
        service,
        pods: pods.filter(({ certain }) => certain === true).map(({ pod }) => pod),
        open: pods.some(({ certain }) => certain === undefined),
      };
    });
}

function hasSelector(body: KubernetesObject['body']): boolean {
  const { selector } = nestedBlock(body['spec']);
  return isExpression(selector) || (isPlainObject(selector) && Object.keys(selector).length > 0);
}

function selected(service: KubernetesObject, pod: Pod): boolean | undefined {
  const matches = selectsByLabels(nestedBlock(service.body['spec'])['selector'], pod.labels);
  if (matches === false) return false;
  const [here, there] = [service.namespace, pod.maker.namespace];
  if (typeof here === 'string' && typeof there === 'string') return here === there && matches;
  return undefined;
}

/**
 * Finds the pods that a selector may select without asking every pod of the home: those that have one of its labels.
 */
function candidatesIn(home: readonly OwnedBlock[]): (selector: unknown) => readonly Pod[] {
  const pods = podsIn(home);
  const byLabel = new Map<string, Pod[]>();
  const open: Pod[] = [];
  for (const pod of pods) {
    const labels = isPlainObject(pod.labels) ? Object.entries(pod.labels) : [];
    if (isExpression(pod.labels) || labels.some(([, value]) => isExpression(value))) open.push(pod);
    for (const [label, value] of labels) {
      if (isExpression(value)) continue;
      const key = `${label}=${String(value)}`;
      byLabel
        .set(key, byLabel.get(key) ?? [])
        .get(key)
        ?.push(pod);
    }
  }
  return (selector) => {
    if (!isPlainObject(selector)) return pods;
    const known = Object.entries(selector).filter(([, value]) => !isExpression(value));
    const lists = known.map(([label, value]) => byLabel.get(`${label}=${String(value)}`) ?? []);
    const shortest = lists.reduce<readonly Pod[]>(
      (least, list) => (list.length < least.length ? list : least),
      pods,
    );
    return [...new Set([...shortest, ...open])];
  };
}
