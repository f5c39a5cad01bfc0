import { type OwnedBlock, type Problem, type Rule, isExpression, isPlainObject } from '@home/terraform';
import { beyondAnnotation } from '../app/container';
import { nestedBlock } from '../read/known-body';
import { type KubernetesObject, objectsIn } from '../read/objects';
import { type Excess, type Level, excessesOf, levels } from '../read/pod-security';
import { type Pod, podsIn } from '../read/pods';
import { mistake } from './mistake';
import { saysWhy } from './reasons';

const label = 'pod-security.kubernetes.io/enforce';

/** What Talos demands of namespaces that say nothing: https://www.talos.dev/v1.13/kubernetes-guides/configuration/pod-security/ */
const unlabelled: Level = 'baseline';

/** Where it demands nothing. */
const exempt = 'kube-system';

/**
 * No pod asks for more than its namespace grants by its pod security: Kubernetes takes what makes the pods and never makes
 * one. And whatever asks for more than `restricted` says why, in an annotation of its pods, where the
 * home has labelled their namespace.
 */
export const requireGrantedRights: Rule = (home) => {
  const levelOf = levelsIn(home);
  return [
    ...objectsIn(home).made('namespace').flatMap(checkLevel),
    ...podsIn(home).flatMap((pod) => checkPod(pod, levelOf(pod.maker.namespace))),
  ];
};

function checkLevel({ owned, body }: KubernetesObject): Problem[] {
  const given = enforced(body);
  if (given === undefined || isExpression(given) || isLevel(given)) return [];
  const what = `label ${label} must be one of ${levels.map((one) => `"${one}"`).join(', ')}, but is "${String(given)}"`;
  return [mistake(owned, what, 'Correct it')];
}

const isLevel = (value: unknown): value is Level => levels.some((level) => level === value);

const enforced = (body: KubernetesObject['body']): unknown => {
  const { labels } = nestedBlock(body['metadata']);
  return isPlainObject(labels) ? labels[label] : labels;
};

/** What is known of a namespace. */
interface Grant {
  /** Undefined where only Terraform, or whoever made the namespace, knows it. */
  readonly level: Level | undefined;
  /** Whether the home says it: then it wants to know why a pod needs that much. */
  readonly isChosen: boolean;
}

function levelsIn(home: readonly OwnedBlock[]): (namespace: unknown) => Grant {
  const made = new Map(
    objectsIn(home)
      .ofKind('namespace')
      .map(({ owned, name, body }) => [name, owned.block.kind === 'data' ? 'unknown' : enforced(body)]),
  );
  const isOneUnnamed = [...made.keys()].some(isExpression);
  return (namespace) => {
    if (typeof namespace !== 'string') return { level: undefined, isChosen: false };
    if (namespace === exempt) return { level: 'privileged', isChosen: false };
    const given = made.get(namespace);
    const level = given ?? (isOneUnnamed ? undefined : unlabelled);
    return { level: isLevel(level) ? level : undefined, isChosen: isLevel(given) };
  };
}

function checkPod(pod: Pod, { level, isChosen }: Grant): Problem[] {
  const excesses = excessesOf(pod);
  const refused = level === undefined ? [] : excesses.filter(({ refusedBy }) => isStrict(level, refusedBy));
  const others = isChosen ? excesses.filter((excess) => !refused.includes(excess)) : [];
  return [...refused.map((excess) => refuse(pod, excess, level)), ...checkReasons(pod, others)];
}

const isStrict = (level: Level, refusedBy: Level): boolean =>
  levels.indexOf(level) >= levels.indexOf(refusedBy);

function refuse(
  { owned, maker }: Pod,
  { container, demand, remedy }: Excess,
  level: Level | undefined,
): Problem {
  const what = `${nameOf(container)} ${demand}, since the namespace "${String(maker.namespace)}" enforces "${level}"`;
  return mistake(owned, what, `${remedy}, or move it to a namespace that grants more`);
}

const nameOf = (container: string | undefined): string =>
  container === undefined ? 'a pod' : `container "${container}"`;

/** One line for each container, and for the pod itself: one reason covers all that it asks for. */
function checkReasons(pod: Pod, excesses: readonly Excess[]): Problem[] {
  const askers = [...new Set(excesses.map(({ container }) => container))];
  return askers
    .filter((container) => !isExplained(pod, container))
    .map((container) => {
      const demands = excesses.filter((one) => one.container === container).map(({ demand }) => demand);
      const what = `${nameOf(container)} ${demands.join(', ')}, or say why not`;
      const remedy = `Meet the standard "restricted", or give the reason in the annotation "${beyondAnnotation(container)}" of its pods`;
      return mistake(pod.owned, what, remedy);
    });
}

/** A reason of the pod counts for its containers, too. */
const isExplained = (pod: Pod, container: string | undefined): boolean =>
  [container, undefined].some((one) => saysWhy(pod, beyondAnnotation(one)));
