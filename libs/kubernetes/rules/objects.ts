import {
  type OwnedBlock,
  type Problem,
  type Rule,
  isExpression,
  isPlainObject,
  remember,
} from '@home/terraform';
import { blocksAt, knownBody, nestedBlock } from '../read/known-body';
import { ownKey } from '../app/labels';
import { type ObjectReference, referencesIn } from '../read/object-references';
import { type KubernetesObject, dataMembers, objectsIn } from '../read/objects';
import { type Pod, podsIn } from '../read/pods';
import { backingsIn, formatLabels, selects } from '../read/selectors';
import { mistake, notUnique, placeOf, quoteNames } from './mistake';
import { saysWhy } from './reasons';

/** Every Kubernetes object is made by one block: the API refuses the second one, and only when it is applied. */
export const uniqueObjects: Rule = (home) =>
  objectsIn(home)
    .made()
    .flatMap(({ owned, kind, namespace, name }) => {
      const first = objectsIn(home).find(kind, namespace, name);
      if (first === undefined || first.owned === owned || first.owned.block.kind !== 'resource') return [];
      if ('count' in owned.block.body || 'for_each' in owned.block.body) return [];
      const what = `the name "${String(name)}"${inNamespace(namespace)}`;
      return [notUnique(placeOf(first.owned), placeOf(owned), what, 'Give one of the two another name')];
    });

const inNamespace = (namespace: unknown): string =>
  namespace === '' ? '' : ` in the namespace "${String(namespace)}"`;

/**
 * Every host is served by one workload alone, each of its paths by one Ingress, and lies in the home's domain, where its DNS
 * answers for it.
 */
export const uniqueIngressHosts =
  (facts: { readonly domain: string }): Rule =>
  (home) => {
    const taken = new Map<string, { readonly where: string; readonly paths: Set<unknown> }>();
    return objectsIn(home)
      .made('ingress')
      .flatMap(({ owned: { owner }, body }) =>
        blocksAt(body, ['spec', 'rule']).flatMap((rule) => {
          const host = rule['host'] ?? '';
          if (typeof host !== 'string') return [];
          const paths = blocksAt(rule, ['http', 'path']).map(({ path = '/' }) => path);
          const other = taken.get(host) ?? { where: owner.where, paths: new Set() };
          const isTaken =
            other.where !== owner.where || paths.length === 0
              ? taken.has(host)
              : paths.some((path) => other.paths.has(path));
          taken.set(host, { ...other, paths: new Set([...other.paths, ...paths]) });
          return [
            ...outside(owner.where, host, facts.domain),
            ...(isTaken ? [notUnique(other.where, owner.where, `host "${host}"`, ownHost)] : []),
          ];
        }),
      );
  };

const ownHost = 'Give each app a host of its own, or write the paths of one app under one rule';

function outside(where: string, host: string, domain: string): Problem[] {
  if (host.endsWith(`.${domain}`) && host.length > domain.length + 1) return [];
  const name = host.split('.')[0] || 'name';
  return [
    { where, what: `host "${host}" must lie in the domain "${domain}"`, remedy: `Write "${name}.${domain}"` },
  ];
}

/**
 * Every object that another one names is made somewhere in the home, in the same namespace. One that is made elsewhere
 * counts when a data source looks it up, or what names it says so in an annotation, and one of a controller when a custom
 * resource names it, as an ExternalSecret names its Secret.
 */
export const requireMadeObjects: Rule = (home) => {
  const places = new Map<string, { where: string; what: string }>();
  for (const { from, kind, namespace, name } of unmadeReferences(home)) {
    const what = `the ${spellingOf(kind)} "${String(name)}"${inNamespace(namespace)} must be made by the home`;
    const key = `${from.owner.where}: ${what}`;
    // What several blocks of a workload name was written once.
    places.set(key, { where: places.has(key) ? from.owner.where : placeOf(from), what });
  }
  return [...places.values()].map((place) => ({ ...place, remedy: 'Make it, or correct the name' }));
};

/** The objects that others name and nobody makes, as far as none of these says why that is so. */
export function unmadeReferences(home: readonly OwnedBlock[]): readonly ObjectReference[] {
  const isMade = (kind: string, namespace: unknown, name: unknown): boolean =>
    isWellKnown(kind, name) ||
    objectsIn(home).mayHave(kind, namespace, name) ||
    customResourcesIn(home).some(
      (one) => mayBe(one.namespace, namespace) && one.texts.some((text) => mayBe(text, name)),
    );
  return (
    referencesIn(home)
      .filter(({ kind, namespace, name }) => !isMade(kind, namespace, name))
      // Where there is no namespace, there is nothing in it either.
      .filter(({ namespace }) => namespace === '' || isMade('namespace', '', namespace))
      .filter(({ from, kind, name }) => !saysElsewhere(from, kind).includes(String(name)))
  );
}

/** The annotation in which an object says which of a kind that it names are made elsewhere. */
export const madeElsewhereAnnotation = (kind: string): string => ownKey('made-elsewhere', kind);

function saysElsewhere({ block }: OwnedBlock, kind: string): readonly string[] {
  const { annotations } = nestedBlock(knownBody(block)['metadata']);
  const said = isPlainObject(annotations) ? annotations[madeElsewhereAnnotation(kind)] : undefined;
  return typeof said === 'string' ? said.split(/\s+/) : [];
}

/** How Kubernetes spells a kind. */
export const spellingOf = (kind: string): string => spelling[kind] ?? kind;

/** Whether something is a given text, or may be once Terraform knows it. */
const mayBe = (found: unknown, wanted: unknown): boolean => found === wanted || isExpression(found);

/** Custom resources of namespaces, and all that they say. */
const customResourcesIn = remember((home: readonly OwnedBlock[]) =>
  home
    .filter(({ block: { kind, type } }) => kind === 'resource' && type === 'kubernetes_manifest')
    .flatMap(({ block }) => {
      const { apiVersion, metadata, spec } = nestedBlock(knownBody(block)['manifest']);
      const isCustom =
        typeof apiVersion === 'string'
          ? /\./.test(apiVersion) && !/\.k8s\.io\//.test(apiVersion)
          : isExpression(apiVersion);
      return isCustom ? [{ namespace: nestedBlock(metadata)['namespace'], texts: textsIn(spec) }] : [];
    }),
);

const textsIn = (value: unknown): unknown[] =>
  typeof value === 'object' && value !== null && !isExpression(value)
    ? Object.values(value).flatMap(textsIn)
    : [value];

const spelling: Readonly<Record<string, string>> = {
  clusterrole: 'ClusterRole',
  configmap: 'ConfigMap',
  ingressclass: 'IngressClass',
  namespace: 'Namespace',
  persistentvolumeclaim: 'PersistentVolumeClaim',
  priorityclass: 'PriorityClass',
  role: 'Role',
  runtimeclass: 'RuntimeClass',
  secret: 'Secret',
  service: 'Service',
  serviceaccount: 'ServiceAccount',
};

/** What every cluster has from the start. */
const wellKnown: Readonly<Record<string, RegExp>> = {
  clusterrole: /^(cluster-admin|admin|edit|view|system:.*)$/,
  configmap: /^kube-root-ca\.crt$/,
  namespace: /^(default|kube-system|kube-public|kube-node-lease)$/,
  priorityclass: /^system-(cluster|node)-critical$/,
  role: /^(system:.*|extension-apiserver-authentication-reader)$/,
  serviceaccount: /^default$/,
};

const isWellKnown = (kind: string, name: unknown): boolean =>
  typeof name === 'string' && (wellKnown[kind]?.test(name) ?? false);

/** Every key of a ConfigMap or Secret that a pod names is in its data. */
export const requireMadeKeys: Rule = (home) =>
  referencesIn(home).flatMap(({ from, kind, namespace, name, keys }) => {
    const object = keys.length === 0 ? undefined : objectsIn(home).find(kind, namespace, name);
    const has = object && keysOf(object);
    if (object === undefined || has === undefined) return [];
    return keys
      .filter((key) => typeof key === 'string' && !has.includes(key))
      .map((key) => {
        const what = `key "${String(key)}" must be in ${placeOf(object.owned)}, which has ${quoteNames(has, 'no keys')}`;
        return mistake(from, what, 'Name one that is there, or add it there');
      });
  });

/** The keys of an object's data; undefined when not all of them are known. */
function keysOf({ owned, body }: KubernetesObject): string[] | undefined {
  if (owned.block.kind !== 'resource' || body['type'] === 'kubernetes.io/service-account-token')
    return undefined;
  const maps = dataMembers.map((member) => body[member] ?? {});
  return maps.every(isPlainObject) ? maps.flatMap((map) => Object.keys(map)) : undefined;
}

/**
 * A Service selects pods that the home makes, and those of one workload only: a pod of another one that answers on no
 * port would get its share of the requests. One that is meant to say otherwise, as a name for all members of a group does,
 * gives its reason. A Deployment and the like select their own pods, else Kubernetes refuses them.
 */
export const requireMatchingSelectors: Rule = (home) => [
  ...podsIn(home).flatMap(checkMaker),
  ...oddSelectors(home).map(refuseSelector),
];

/** Kubernetes gives these their selector. */
const selectsByItself: ReadonlySet<string> = new Set(['pod', 'job', 'cronjob']);

function checkMaker({ owned, maker, makerSpec, labels }: Pod): Problem[] {
  if (selectsByItself.has(maker.kind) || selects(makerSpec['selector'], labels) !== false) return [];
  const selector = formatLabels(nestedBlock(makerSpec['selector'])['match_labels']);
  const what = `selector ${selector} must match the labels of its own pods, ${formatLabels(labels)}`;
  return [mistake(owned, what, 'Use the same labels in both')];
}

/** A Service that selects the pods of no workload or of several. */
export interface OddSelector {
  readonly service: KubernetesObject;
  readonly makers: readonly KubernetesObject[];
}

/** The Services that do not select the pods of one workload, as far as they do not say why. */
export const oddSelectors = (home: readonly OwnedBlock[]): readonly OddSelector[] =>
  backingsIn(home).flatMap(({ service, pods, open }) => {
    const makers = new Map(pods.filter(isMeantToRun).map(({ owned, maker }) => [owned, maker]));
    if (makers.size === 1 || (makers.size === 0 && (open || pods.length > 0))) return [];
    const { annotations = {} } = nestedBlock(service.body['metadata']);
    return saysWhy({ annotations }, selectorAnnotation()) ? [] : [{ service, makers: [...makers.values()] }];
  });

/** The annotation in which a Service says why it selects the pods of several workloads, or of none. */
export const selectorAnnotation = (): string => ownKey('selector');

function refuseSelector({ service: { owned, body }, makers }: OddSelector): Problem {
  const selector = `selector ${formatLabels(nestedBlock(body['spec'])['selector'])}`;
  const why = `say why in the annotation "${selectorAnnotation()}"`;
  if (makers.length === 0) {
    const remedy = `Use the labels of the pod template that it is for, or ${why}`;
    return mistake(owned, `${selector} must match a pod of its namespace`, remedy);
  }
  const what = `${selector} must match the pods of one workload, but matches those of ${list(makers)}`;
  return mistake(owned, what, `Give the others a label of another value, or ${why}`);
}

/** A Deployment on its way out, with no replicas, is no competitor. */
const isMeantToRun = ({ makerSpec: { replicas } }: Pod): boolean => replicas !== '0' && replicas !== 0;

const list = (makers: readonly KubernetesObject[]): string =>
  makers.map(({ owned }) => placeOf(owned)).join(' and ');
