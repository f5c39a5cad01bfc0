import { type OwnedBlock, isExpression, isPlainObject, remember } from '@home/terraform';
import { nestedBlock, nestedBlocks } from './known-body';
import { type KubernetesObject, objectsIn } from './objects';
import { type Pod, podsIn } from './pods';

/** Whether something holds; undefined when only Terraform can tell. */
export type Certainty = boolean | undefined;

/** Tells whether a map of labels, as a Service has it, selects a pod's labels. */
export function selectsByLabels(selector: unknown, labels: unknown): Certainty {
  if (isExpression(selector) || isExpression(labels)) return undefined;
  if (!isPlainObject(selector) || !isPlainObject(labels)) return false;
  return all(Object.entries(selector).map(([label, wanted]) => equal(wanted, labels[label])));
}

/**
 * Tells whether a label selector, as a Deployment has it, selects a pod's labels.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#resources-that-support-set-based-requirements
 */
export function selects(selector: unknown, labels: unknown): Certainty {
  if (isExpression(labels)) return undefined;
  if (!isPlainObject(labels)) return false;
  return all(
    nestedBlocks(selector).flatMap(({ match_labels = {}, match_expressions }) => [
      selectsByLabels(match_labels, labels),
      ...nestedBlocks(match_expressions).map(({ key, operator, values }) =>
        isExpression(key) ? undefined : holds(labels[String(key)], operator, values),
      ),
    ]),
  );
}

function holds(label: unknown, operator: unknown, values: unknown): Certainty {
  if (isExpression(label) || isExpression(operator) || isExpression(values)) return undefined;
  const listed = Array.isArray(values) && values.some((value) => equal(value, label) === true);
  switch (operator) {
    case 'Exists':
      return label !== undefined;
    case 'DoesNotExist':
      return label === undefined;
    case 'In':
      return listed;
    case 'NotIn':
      return !listed;
    default:
      return undefined;
  }
}

function equal(wanted: unknown, found: unknown): Certainty {
  if (isExpression(wanted) || isExpression(found)) return undefined;
  return found !== undefined && String(wanted) === String(found);
}

function all(results: readonly Certainty[]): Certainty {
  if (results.includes(false)) return false;
  return results.includes(undefined) ? undefined : true;
}

/** Labels as messages show them: `name=gotify, component=app`; what only Terraform knows is left open. */
export function formatLabels(labels: unknown): string {
  if (!isPlainObject(labels)) return isExpression(labels) ? '"…"' : '""';
  const shown = Object.entries(labels).map(
    ([label, value]) => `${label}=${isExpression(value) ? '…' : String(value)}`,
  );
  return `"${shown.join(', ')}"`;
}

/** A Service, and the pods that it sends people to. */
export interface Backing {
  readonly service: KubernetesObject;
  /** Those that are certain. */
  readonly pods: readonly Pod[];
  /** Whether there may be more, whose labels or namespace only Terraform knows. */
  readonly open: boolean;
}

/** All Services of a home that select pods. A Service without a selector is given its addresses by others. */
export const backingsIn = remember((home: readonly OwnedBlock[]): readonly Backing[] => {
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
});

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
