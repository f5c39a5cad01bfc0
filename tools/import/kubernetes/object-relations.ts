import { isClusterWide } from '@home/kubernetes';
import { isPlainObject } from '@home/terraform';
import type { Path } from '../source/read-yaml';
import type { Arguments } from './convert-object';
import { type Fields, fieldsOf, podTemplates } from './fields';

/** Which object is meant: objects of kinds without a namespace have none. */
export interface ObjectName {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** An object by its name, and by the arguments of the provider's block, which tell to what others it belongs. */
export interface RelatedObject extends ObjectName {
  readonly given: Arguments;
}

/** One text for each object that can be meant. */
export const keyOf = ({ kind, namespace, name }: ObjectName): string =>
  `${kind.toLowerCase()} ${isClusterWide(kind) ? '' : (namespace ?? '')} ${name}`;

/** Where a kind stands among those that make pods, from what an app mostly is to what it rarely is; -1 for any other. */
export const podMakerRank = (kind: string): number => Object.keys(podTemplates).indexOf(kind.toLowerCase());

/** Whether a kind makes pods, and so is what a workload is about. */
export const isPodMaker = (kind: string): boolean => podMakerRank(kind) !== -1;

/** Where the kinds that say by labels which pods they are about keep these labels. */
const podSelectors: Readonly<Record<string, readonly string[]>> = {
  service: ['spec', 'selector'],
  poddisruptionbudget: ['spec', 'selector', 'match_labels'],
  networkpolicy: ['spec', 'pod_selector', 'match_labels'],
};

/** Whether a kind says by labels which pods it is about. */
export const isSelector = (kind: string): boolean => kind.toLowerCase() in podSelectors;

const sharedKinds = new Set([
  'namespace',
  'storageclass',
  'ingressclass',
  'priorityclass',
  'runtimeclass',
  'persistentvolumeclaim',
]);

/** Whether many workloads share objects of a kind, so that naming one does not bind them together. */
export const isSharedKind = (kind: string): boolean => sharedKinds.has(kind.toLowerCase());

/** A Service, a disruption budget or a network policy and a pod that it is about. */
export function selects(selector: RelatedObject, object: RelatedObject): boolean {
  const wanted = podSelectors[selector.kind.toLowerCase()];
  const template = podTemplates[object.kind.toLowerCase()];
  if (wanted === undefined || template === undefined || selector.namespace !== object.namespace) return false;
  const steps = template.map((step) => step.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
  const labels = nested(object.given, ...steps, 'metadata', 'labels');
  const entries = Object.entries(nested(selector.given, ...wanted));
  return entries.length > 0 && entries.every(([label, value]) => String(labels[label]) === String(value));
}

/** What the recommended labels call the app that an object belongs to. */
export function appOf({ given, namespace }: RelatedObject): string | undefined {
  const labels = nested(given, 'metadata', 'labels');
  const instance = labels['app.kubernetes.io/instance'] ?? labels['release'];
  const name = knownText(labels['app.kubernetes.io/name'] ?? labels['app'] ?? labels['k8s-app']);
  return name === undefined ? undefined : [namespace, instance, name].join(' ');
}

/** A text that is written out; undefined for one that Terraform computes. */
export const knownText = (value: unknown): string | undefined =>
  typeof value === 'string' && !/[$%]\{/.test(value) ? value : undefined;

/** What stands below some steps, be nested blocks written as one object or, as in HCL, as a list of bodies. */
export function nested(given: unknown, ...path: readonly string[]): Fields {
  return path.reduce((body, step) => one(body[step]), one(given));
}

const one = (value: unknown): Fields => fieldsOf(Array.isArray(value) ? value[0] : value);

/** A place in an object's arguments that names another object. */
export interface Link {
  readonly path: Path;
  readonly to: ObjectName;
}

/** Where an object of a kind is named; blocks' indices left out. `*` takes the kind from the argument beside it. */
const places: readonly (readonly [RegExp, string])[] = [
  [/^metadata\.namespace$/, 'Namespace'],
  [/^subject\.namespace$/, 'Namespace'],
  [/(^|\.)service_account_name$/, 'ServiceAccount'],
  [/\.config_map(_ref|_key_ref)?\.name$/, 'ConfigMap'],
  [/\.secret(_ref|_key_ref)?\.name$|\.image_pull_secrets\.name$|^(image_pull_)?secret\.name$/, 'Secret'],
  [/\.volume\.secret\.secret_name$|\.tls\.secret_name$/, 'Secret'],
  [/\.persistent_volume_claim\.claim_name$/, 'PersistentVolumeClaim'],
  [/\.backend\.service\.name$|\.client_config\.service\.name$|^spec\.service_name$/, 'Service'],
  [/^spec\.volume_name$/, 'PersistentVolume'],
  [/\.storage_class_name$/, 'StorageClass'],
  [/^spec\.ingress_class_name$/, 'IngressClass'],
  [/\.priority_class_name$/, 'PriorityClass'],
  [/\.runtime_class_name$/, 'RuntimeClass'],
  [/^role_ref\.name$|^subject\.name$|\.scale_target_ref\.name$/, '*'],
];

/** Every place where an object names another. */
export function linksIn({ given, namespace }: Pick<RelatedObject, 'given' | 'namespace'>): Link[] {
  return collect(given, [], {}, namespace);
}

function collect(value: unknown, path: Path, beside: Arguments, namespace: string | undefined): Link[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) => collect(item, [...path, index], beside, namespace));
  }
  if (isPlainObject(value)) {
    return Object.entries(value).flatMap(([key, member]) =>
      collect(member, [...path, key], value, namespace),
    );
  }
  if (typeof value !== 'string' || value === '') return [];
  const shown = path.filter((step) => typeof step === 'string').join('.');
  const kind = places.find(([place]) => place.test(shown))?.[1];
  const meant = kind === '*' ? beside['kind'] : kind;
  if (typeof meant !== 'string') return [];
  const other =
    typeof beside['namespace'] === 'string' && !shown.endsWith('namespace') ? beside['namespace'] : namespace;
  const isSpaced = !isClusterWide(meant) && other !== undefined;
  return [{ path, to: { kind: meant, name: value, ...(isSpaced && { namespace: other }) } }];
}
