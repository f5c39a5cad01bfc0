import { type Body, type OwnedBlock } from '@home/terraform';
import { nestedBlock, nestedBlocks } from './known-body';
import { type KubernetesObject, objectsIn } from './objects';
import { type Pod, podsIn } from './pods';

/** An object that another one names, and so needs. */
export interface ObjectReference {
  readonly from: OwnedBlock;
  /** In lower case: `configmap`, `secret`. */
  readonly kind: string;
  readonly namespace: unknown;
  readonly name: unknown;
  /** Keys that must be in the object's data. */
  readonly keys: readonly unknown[];
}

type Named = Pick<ObjectReference, 'kind' | 'name'> & {
  readonly namespace?: unknown;
  readonly optional?: unknown;
  readonly keys?: readonly unknown[];
};

/** All objects that the objects of a home name. */
export function referencesIn(home: readonly OwnedBlock[]): readonly ObjectReference[] {
  const known = found.get(home) ?? [
    ...podsIn(home).flatMap(referencesOfPod),
    ...objectsIn(home).all().flatMap(referencesOfObject),
  ];
  found.set(home, known);
  return known;
}

const found = new WeakMap<readonly OwnedBlock[], readonly ObjectReference[]>();

/** The objects that a pod needs before it can start; those it calls optional are none. */
function referencesOfPod({ owned, maker, spec, containers }: Pod): ObjectReference[] {
  const mounts = containers.flatMap(({ body }) => nestedBlocks(body['volume_mount']));
  const named: Named[] = [
    { kind: 'serviceaccount', name: spec['service_account_name'] },
    { kind: 'priorityclass', name: spec['priority_class_name'], namespace: '' },
    { kind: 'runtimeclass', name: spec['runtime_class_name'], namespace: '' },
    ...nestedBlocks(spec['image_pull_secrets']).map(({ name }) => ({ kind: 'secret', name })),
    ...nestedBlocks(spec['volume']).flatMap((volume) => inVolume(volume, mounts)),
    ...containers.flatMap(({ body }) => inEnvironment(body)),
  ];
  if (maker.kind === 'statefulset') {
    named.push({ kind: 'service', name: nestedBlock(maker.body['spec'])['service_name'] });
  }
  return references(owned, maker.namespace, named);
}

/** The objects that any other object names. */
function referencesOfObject({ owned, kind, body, namespace }: KubernetesObject): ObjectReference[] {
  const named: Named[] = [
    { kind: 'namespace', name: namespace === '' ? undefined : namespace, namespace: '' },
  ];
  if (kind === 'ingress') named.push(...inIngress(nestedBlock(body['spec'])));
  if (kind === 'rolebinding' || kind === 'clusterrolebinding') named.push(...inBinding(body, namespace));
  if (kind === 'serviceaccount') {
    const secrets = [...nestedBlocks(body['secret']), ...nestedBlocks(body['image_pull_secret'])];
    named.push(...secrets.map(({ name }) => ({ kind: 'secret', name })));
  }
  return references(owned, namespace, named);
}

function references(from: OwnedBlock, namespace: unknown, named: readonly Named[]): ObjectReference[] {
  return named
    .filter(({ name, optional }) => name !== undefined && name !== '' && (optional ?? false) === false)
    .map(({ optional: _, ...one }) => ({ from, namespace, keys: [], ...one }));
}

function inEnvironment(container: Body): Named[] {
  const variables = nestedBlocks(container['env']).flatMap(({ value_from }) => nestedBlocks(value_from));
  const wholes = nestedBlocks(container['env_from']);
  const key = (one: Body): Pick<Named, 'keys'> => ({ keys: [one['key']] });
  return [
    ...variables.flatMap((from) => named('configmap', from['config_map_key_ref'], key)),
    ...variables.flatMap((from) => named('secret', from['secret_key_ref'], key)),
    ...wholes.flatMap((from) => named('configmap', from['config_map_ref'])),
    ...wholes.flatMap((from) => named('secret', from['secret_ref'])),
  ];
}

function inVolume(volume: Body, mounts: readonly Body[]): Named[] {
  const items = (source: Body): Pick<Named, 'keys'> => ({
    keys: nestedBlocks(source['items']).map(({ key }) => key),
  });
  // A file of a name that is not there would be mounted as an empty folder.
  const files = mounts.filter(({ name, sub_path }) => name === volume['name'] && sub_path !== undefined);
  const mounted = (source: Body): Pick<Named, 'keys'> =>
    source['items'] === undefined ? { keys: files.map(({ sub_path }) => sub_path) } : items(source);
  const projected = nestedBlocks(volume['projected']).flatMap(({ sources }) => nestedBlocks(sources));
  return [
    ...named('configmap', volume['config_map'], mounted),
    ...named('secret', volume['secret'], mounted, 'secret_name'),
    ...named('persistentvolumeclaim', volume['persistent_volume_claim'], () => ({}), 'claim_name'),
    ...nestedBlocks(volume['csi']).flatMap((source) => named('secret', source['node_publish_secret_ref'])),
    ...projected.flatMap((source) => named('configmap', source['config_map'], items)),
    ...projected.flatMap((source) => named('secret', source['secret'], items)),
  ];
}

function inIngress(spec: Body): Named[] {
  const paths = nestedBlocks(spec['rule'])
    .flatMap(({ http }) => nestedBlocks(http))
    .flatMap(({ path }) => nestedBlocks(path));
  const backends = [spec['default_backend'], ...paths.map(({ backend }) => backend)].flatMap(nestedBlocks);
  return [
    { kind: 'ingressclass', name: spec['ingress_class_name'], namespace: '' },
    ...nestedBlocks(spec['tls']).map(({ secret_name }) => ({ kind: 'secret', name: secret_name })),
    ...backends.flatMap(({ service }) => named('service', service)),
  ];
}

function inBinding(body: Body, own: unknown): Named[] {
  const role = nestedBlock(body['role_ref']);
  const isWide = role['kind'] === 'ClusterRole';
  return [
    { kind: isWide ? 'clusterrole' : 'role', name: role['name'], namespace: isWide ? '' : own },
    ...nestedBlocks(body['subject'])
      .filter(({ kind }) => kind === 'ServiceAccount')
      .map(({ name, namespace = 'default' }) => ({ kind: 'serviceaccount', name, namespace })),
  ];
}

function named(
  kind: string,
  given: unknown,
  more: (one: Body) => Pick<Named, 'keys'> = () => ({}),
  nameIn = 'name',
): Named[] {
  return nestedBlocks(given).map((one) => ({
    kind,
    name: one[nameIn],
    optional: one['optional'],
    ...more(one),
  }));
}
