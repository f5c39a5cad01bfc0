import { isPlainObject } from '@home/terraform';
import type { Manifest } from './read-manifests';

/** What of an object tells to which others it belongs. */
export type NamedObject = Pick<Manifest, 'kind' | 'namespace' | 'value'>;

/** Kinds that make pods, and so are what a workload is about. */
export const podMakers = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'Job',
  'Pod',
  'ReplicationController',
];

/** Where a kind keeps its pod. */
export const podPaths: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  ...Object.fromEntries(
    ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'ReplicationController'].map((kind) => [
      kind,
      ['spec', 'template', 'spec'],
    ]),
  ),
};

/** Kinds that say by labels which pods they are about. */
export const selectors = new Set(['Service', 'PodDisruptionBudget', 'NetworkPolicy']);

/** Kinds that many workloads share, so that naming one does not bind them together. */
export const shared = new Set(['Namespace', 'StorageClass', 'IngressClass', 'PriorityClass', 'RuntimeClass']);

/** A Service, a disruption budget or a network policy and a pod that it is about. */
export function selects(selector: NamedObject, object: NamedObject): boolean {
  if (selector === object || selector.namespace !== object.namespace) return false;
  const spec = member(selector.value, 'spec');
  const wanted =
    selector.kind === 'Service'
      ? member(spec, 'selector')
      : (member(member(spec, 'selector'), 'matchLabels') ??
        member(member(spec, 'podSelector'), 'matchLabels'));
  const labels = podLabels(object);
  if (labels === undefined || !isPlainObject(wanted)) return false;
  const entries = Object.entries(wanted);
  return entries.length > 0 && entries.every(([label, value]) => labels[label] === value);
}

function podLabels({ kind, value }: NamedObject): Readonly<Record<string, unknown>> | undefined {
  if (!podMakers.includes(kind)) return undefined;
  const spec = member(value, 'spec');
  const outer = kind === 'CronJob' ? member(member(spec, 'jobTemplate'), 'spec') : spec;
  const labels = member(member(kind === 'Pod' ? value : member(outer, 'template'), 'metadata'), 'labels');
  return isPlainObject(labels) ? labels : undefined;
}

const member = (value: unknown, name: string): unknown => (isPlainObject(value) ? value[name] : undefined);

/** What the recommended labels call the app that an object belongs to. */
export function appOf({ value, namespace }: NamedObject): string | undefined {
  const labels = member(member(value, 'metadata'), 'labels');
  const instance = member(labels, 'app.kubernetes.io/instance') ?? member(labels, 'release');
  const name = member(labels, 'app.kubernetes.io/name') ?? member(labels, 'app') ?? member(labels, 'k8s-app');
  return typeof name === 'string' ? [namespace, instance, name].join(' ') : undefined;
}
