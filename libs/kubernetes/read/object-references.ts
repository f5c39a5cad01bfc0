import { type Body, type OwnedBlock, remember } from '@home/terraform';
import { blocksAt, nestedBlock, nestedBlocks } from './known-body';
import { type KubernetesObject, isClusterWide, objectsIn } from './objects';
import { type Pod, podsIn } from './pods';

/** An object that another one names, and so needs. */
export interface ObjectReference {
  readonly from: OwnedBlock;
  /** In lower case: `configmap`, `secret`. */
  readonly kind: string;
  /** Empty for kinds that belong to no namespace. */
  readonly namespace: unknown;
  readonly name: unknown;
  /** Keys that must be in the object's data. */
  readonly keys: readonly unknown[];
}

/** All objects that the objects of a home name; those that they call optional are left out. */
export const referencesIn = remember((home: readonly OwnedBlock[]): readonly ObjectReference[] => {
  const references: ObjectReference[] = [];
  for (const pod of podsIn(home)) noteThoseOfPod(pod, noteFor(pod.owned, pod.maker.namespace, references));
  for (const object of objectsIn(home).all()) {
    noteThoseOfObject(object, noteFor(object.owned, object.namespace, references));
  }
  return references;
});

/** Notes that an object is named; it is in the namespace of what names it, if no other one is given. */
type Note = (kind: string, name: unknown, more?: { namespace?: unknown; keys?: readonly unknown[] }) => void;

function noteFor(from: OwnedBlock, own: unknown, references: ObjectReference[]): Note {
  return (kind, name, { namespace = own, keys = [] } = {}) => {
    if (name === undefined || name === '') return;
    references.push({ from, kind, namespace: isClusterWide(kind) ? '' : namespace, name, keys });
  };
}

function noteThoseOfPod({ maker, spec, containers }: Pod, note: Note): void {
  note('serviceaccount', spec['service_account_name']);
  note('priorityclass', spec['priority_class_name']);
  note('runtimeclass', spec['runtime_class_name']);
  for (const { name } of nestedBlocks(spec['image_pull_secrets'])) note('secret', name);
  if (maker.kind === 'statefulset') note('service', nestedBlock(maker.body['spec'])['service_name']);
  for (const { body } of containers) noteThoseOfEnvironment(body, note);
  if (spec['volume'] === undefined) return;
  const mounts = containers.flatMap(({ body }) => nestedBlocks(body['volume_mount']));
  for (const volume of nestedBlocks(spec['volume'])) noteThoseOfVolume(volume, mounts, note);
}

function noteThoseOfEnvironment(container: Body, note: Note): void {
  for (const [reference, kind] of [['config_map', 'configmap'] as const, ['secret', 'secret'] as const]) {
    for (const { name, key } of needed(container, 'env', 'value_from', `${reference}_key_ref`))
      note(kind, name, { keys: [key] });
    for (const { name } of needed(container, 'env_from', `${reference}_ref`)) note(kind, name);
  }
}

function noteThoseOfVolume(volume: Body, mounts: readonly Body[], note: Note): void {
  // A file of a name that is not there would be mounted as an empty folder.
  const files = mounts.filter(({ name, sub_path }) => name === volume['name'] && sub_path !== undefined);
  const keys = (source: Body): readonly unknown[] =>
    source['items'] === undefined ? files.map(({ sub_path }) => sub_path) : keysOfItems(source);
  for (const one of needed(volume, 'config_map')) note('configmap', one['name'], { keys: keys(one) });
  for (const one of needed(volume, 'secret')) note('secret', one['secret_name'], { keys: keys(one) });
  for (const one of needed(volume, 'persistent_volume_claim'))
    note('persistentvolumeclaim', one['claim_name']);
  for (const { name } of needed(volume, 'csi', 'node_publish_secret_ref')) note('secret', name);
  for (const one of needed(volume, 'projected', 'sources', 'config_map'))
    note('configmap', one['name'], { keys: keysOfItems(one) });
  for (const one of needed(volume, 'projected', 'sources', 'secret'))
    note('secret', one['name'], { keys: keysOfItems(one) });
}

const keysOfItems = ({ items }: Body): readonly unknown[] => nestedBlocks(items).map(({ key }) => key);

const needed = (body: Body, ...names: readonly string[]): readonly Body[] =>
  blocksAt(body, names).filter(({ optional = false }) => optional === false);

function noteThoseOfObject({ kind, body, namespace }: KubernetesObject, note: Note): void {
  note('namespace', namespace);
  if (kind === 'ingress') {
    note('ingressclass', nestedBlock(body['spec'])['ingress_class_name']);
    for (const { secret_name } of blocksAt(body, ['spec', 'tls'])) note('secret', secret_name);
    for (const { name } of backendServices(body)) note('service', name);
  }
  if (kind === 'rolebinding' || kind === 'clusterrolebinding') noteThoseOfBinding(body, note);
  if (kind === 'serviceaccount') {
    for (const { name } of nestedBlocks(body['secret'])) note('secret', name);
    for (const { name } of nestedBlocks(body['image_pull_secret'])) note('secret', name);
  }
}

/** The Services that an Ingress sends requests to, each with the port it names. */
export const backendServices = (ingress: Body): readonly Body[] => [
  ...blocksAt(ingress, ['spec', 'default_backend', 'service']),
  ...blocksAt(ingress, ['spec', 'rule', 'http', 'path', 'backend', 'service']),
];

function noteThoseOfBinding(body: Body, note: Note): void {
  const { kind, name } = nestedBlock(body['role_ref']);
  if (kind === 'ClusterRole') note('clusterrole', name);
  if (kind === 'Role') note('role', name);
  for (const subject of nestedBlocks(body['subject'])) {
    const { namespace = 'default' } = subject;
    if (subject['kind'] === 'ServiceAccount') note('serviceaccount', subject['name'], { namespace });
  }
}
