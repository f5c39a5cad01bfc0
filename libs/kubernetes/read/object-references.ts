import { type Body, type OwnedBlock, remember } from '@home/terraform';
import { nestedBlock, nestedBlocks } from './known-body';
import { type KubernetesObject, objectsIn } from './objects';
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
    if (name !== undefined && name !== '') references.push({ from, kind, namespace, name, keys });
  };
}

function noteThoseOfPod({ maker, spec, containers }: Pod, note: Note): void {
  note('serviceaccount', spec['service_account_name']);
  note('priorityclass', spec['priority_class_name'], { namespace: '' });
  note('runtimeclass', spec['runtime_class_name'], { namespace: '' });
  for (const { name } of nestedBlocks(spec['image_pull_secrets'])) note('secret', name);
  if (maker.kind === 'statefulset') note('service', nestedBlock(maker.body['spec'])['service_name']);
  for (const { body } of containers) noteThoseOfEnvironment(body, note);
  if (spec['volume'] === undefined) return;
  const mounts = containers.flatMap(({ body }) => nestedBlocks(body['volume_mount']));
  for (const volume of nestedBlocks(spec['volume'])) noteThoseOfVolume(volume, mounts, note);
}

function noteThoseOfEnvironment(container: Body, note: Note): void {
  for (const { value_from } of nestedBlocks(container['env'])) {
    for (const source of nestedBlocks(value_from)) {
      for (const one of needed(source['config_map_key_ref']))
        note('configmap', one['name'], { keys: [one['key']] });
      for (const one of needed(source['secret_key_ref'])) note('secret', one['name'], { keys: [one['key']] });
    }
  }
  for (const source of nestedBlocks(container['env_from'])) {
    for (const { name } of needed(source['config_map_ref'])) note('configmap', name);
    for (const { name } of needed(source['secret_ref'])) note('secret', name);
  }
}

function noteThoseOfVolume(volume: Body, mounts: readonly Body[], note: Note): void {
  // A file of a name that is not there would be mounted as an empty folder.
  const files = mounts.filter(({ name, sub_path }) => name === volume['name'] && sub_path !== undefined);
  const keys = (source: Body): readonly unknown[] =>
    source['items'] === undefined ? files.map(({ sub_path }) => sub_path) : keysOfItems(source);
  for (const source of needed(volume['config_map']))
    note('configmap', source['name'], { keys: keys(source) });
  for (const source of needed(volume['secret']))
    note('secret', source['secret_name'], { keys: keys(source) });
  for (const { claim_name } of nestedBlocks(volume['persistent_volume_claim']))
    note('persistentvolumeclaim', claim_name);
  for (const { node_publish_secret_ref } of nestedBlocks(volume['csi'])) {
    for (const { name } of nestedBlocks(node_publish_secret_ref)) note('secret', name);
  }
  for (const source of nestedBlocks(volume['projected']).flatMap(({ sources }) => nestedBlocks(sources))) {
    for (const one of needed(source['config_map']))
      note('configmap', one['name'], { keys: keysOfItems(one) });
    for (const one of needed(source['secret'])) note('secret', one['name'], { keys: keysOfItems(one) });
  }
}

const keysOfItems = ({ items }: Body): readonly unknown[] => nestedBlocks(items).map(({ key }) => key);

const needed = (given: unknown): readonly Body[] =>
  given === undefined ? [] : nestedBlocks(given).filter(({ optional = false }) => optional === false);

function noteThoseOfObject({ kind, body, namespace }: KubernetesObject, note: Note): void {
  if (namespace !== '') note('namespace', namespace, { namespace: '' });
  if (kind === 'ingress') noteThoseOfIngress(nestedBlock(body['spec']), note);
  if (kind === 'rolebinding' || kind === 'clusterrolebinding') noteThoseOfBinding(body, note);
  if (kind === 'serviceaccount') {
    for (const { name } of nestedBlocks(body['secret'])) note('secret', name);
    for (const { name } of nestedBlocks(body['image_pull_secret'])) note('secret', name);
  }
}

function noteThoseOfIngress(spec: Body, note: Note): void {
  note('ingressclass', spec['ingress_class_name'], { namespace: '' });
  for (const { secret_name } of nestedBlocks(spec['tls'])) note('secret', secret_name);
  for (const { name } of backendServices(spec)) note('service', name);
}

/** The Services that an Ingress sends requests to, each with the port it names. */
export function backendServices(spec: Body): readonly Body[] {
  const paths = nestedBlocks(spec['rule'])
    .flatMap(({ http }) => nestedBlocks(http))
    .flatMap(({ path }) => nestedBlocks(path));
  return [spec['default_backend'], ...paths.map(({ backend }) => backend)]
    .flatMap(nestedBlocks)
    .flatMap(({ service }) => nestedBlocks(service));
}

function noteThoseOfBinding(body: Body, note: Note): void {
  const { kind, name } = nestedBlock(body['role_ref']);
  if (kind === 'ClusterRole') note('clusterrole', name, { namespace: '' });
  if (kind === 'Role') note('role', name);
  for (const subject of nestedBlocks(body['subject'])) {
    const { namespace = 'default' } = subject;
    if (subject['kind'] === 'ServiceAccount') note('serviceaccount', subject['name'], { namespace });
  }
}
