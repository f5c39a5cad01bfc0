import { exceedsBaseline, isClusterWide, kindOf } from '@home/kubernetes';
import { type OwnedBlock, resourceBlock } from '@home/terraform';
import type { Left, Loss } from '../imported';
import { type Surroundings, withExpressions } from '../surroundings';
import { freeName, kebabCase } from '../code/names';
import { type Fields, changeAt, fieldsOf, itemsOf, listOf, mapFields, mapTexts, podPath } from './fields';
import { importObject } from './imported-object';
import { isOpenToWorld, loginAsked } from './marked-defaults';
import { isSharedKind, nested } from './object-relations';
import type { Manifest } from './read-manifests';
import { SecretVariables } from './secret-values';

/** Objects as they fit into the home, and what is different for it. */
export interface Fitted {
  readonly manifests: readonly Manifest[];
  readonly told: readonly Left[];
}

/** What is different of an object in the home, and what to do about it. */
export const tell = ({ kind, name, where }: Manifest, [what, remedy, weight, part]: Loss): Left => ({
  where: where([]),
  of: `${kind} ${name}`,
  ...(part !== undefined && { part }),
  what,
  remedy,
  ...(weight && { weight }),
});

/**
 * Leaves out what Helm runs at certain moments of a release, such as when it is uninstalled: Terraform would run all of it when
 * it is applied. https://helm.sh/docs/topics/charts_hooks/
 */
export function withoutHooks(manifests: readonly Manifest[]): Fitted {
  const hookOf = ({ value }: Manifest): unknown =>
    fieldsOf(fieldsOf(value['metadata'])['annotations'])['helm.sh/hook'];
  const told = manifests.flatMap((manifest) => {
    const hook = hookOf(manifest);
    if (hook === undefined) return [];
    const isTest = /^test/.test(String(hook));
    const loss: Loss = isTest
      ? ['is a test of Helm and left out', 'Run it by hand', 'usual']
      : ['is left out, since Helm runs it then', 'Run by hand what is needed of it', 'hurts', String(hook)];
    return [tell(manifest, loss)];
  });
  return { manifests: manifests.filter((manifest) => hookOf(manifest) === undefined), told };
}

/** Leaves out the annotations by which Helm starts pods anew when their settings change: the home does so by itself. */
export function withoutChecksums(manifests: readonly Manifest[]): Fitted {
  const told: Left[] = [];
  const kept = manifests.map((manifest) =>
    podPath(manifest.kind) === undefined
      ? manifest
      : {
          ...manifest,
          value: settleChecksums(manifest.value, (...said) => told.push(tell(manifest, [...said, 'usual']))),
        },
  );
  return { manifests: kept, told };
}

/** What makes pods, as Kubernetes or its provider writes it, without such annotations. */
export const settleChecksums = (fields: Fields, say: (what: string, remedy: string) => void): Fields =>
  fieldsOf(
    mapFields(fields, (one, name) => {
      const entries = Object.entries(one);
      const kept = entries.filter(([key]) => name !== 'annotations' || !key.startsWith('checksum/'));
      if (kept.length < entries.length)
        say('the checksums in its annotations are left out', 'Nothing has to be done');
      return Object.fromEntries(kept);
    }),
  );

/** The home's own namespace for pods that may do what they like. */
export const infra = 'infra';

/**
 * Leaves out what everybody uses and the home has already, such as a namespace, and calls rights by another name than those
 * that the home gives.
 */
export function besideTheHome(manifests: readonly Manifest[], { blocks }: Surroundings): Fitted {
  const has = new Set(
    blocks.map(({ block: { type, body } }) => `${kindOf(type)} ${String(nested(body, 'metadata')['name'])}`),
  );
  const isTaken = (kind: string, name: string): boolean =>
    isClusterWide(kind) && has.has(`${kind.toLowerCase()} ${name}`);
  const taken = manifests.filter(({ kind, name }) => isTaken(kind, name));
  const left = taken.filter(({ kind }) => isSharedKind(kind));
  const renamed = taken.filter(({ kind }) => rights.has(kind));
  const names = new Map(
    renamed.map(({ kind, name }) => [`${kind} ${name}`, freeName([name], (one) => !isTaken(kind, one))]),
  );
  const nameIn = (kind: unknown, name: unknown): unknown =>
    names.get(`${String(kind)} ${String(name)}`) ?? name;
  return {
    manifests: manifests
      .filter((one) => !left.includes(one))
      .map((manifest) => {
        const name = String(nameIn(manifest.kind, manifest.name));
        const named =
          name === manifest.name
            ? manifest.value
            : changeAt(manifest.value, ['metadata'], (metadata) => ({ ...metadata, name }));
        const value = changeAt(named, ['roleRef'], (role) => ({
          ...role,
          name: nameIn(role['kind'], role['name']),
        }));
        return { ...manifest, name, value };
      }),
    told: [
      ...left.map((one) =>
        tell(one, ['the home has it already, so it is left out', 'Look whether it is the same']),
      ),
      ...renamed.map((one) => {
        const what = `the home has one of this name, so it is called ${String(nameIn(one.kind, one.name))}`;
        return tell(one, [what, 'Nothing has to be done', 'usual']);
      }),
    ],
  };
}

/** Kinds whose names nothing says but what gives them to somebody. */
const rights: ReadonlySet<string> = new Set(['ClusterRole', 'ClusterRoleBinding']);

/** The label of a namespace that lets its pods do what they like. */
export const granted = { 'pod-security.kubernetes.io/enforce': 'privileged' };

/**
 * Puts pods that may do what they like with their node where that is allowed: in the home's own namespace for it, with all else
 * that goes to `default`, and in a namespace of another name by a label of that.
 */
export function inGrantingNamespaces(manifests: readonly Manifest[], around: Surroundings): Fitted {
  const placeOf = ({ namespace = 'default' }: Manifest): string => namespace;
  const needing = manifests.filter(needsNode);
  const isMoved = needing.some((one) => placeOf(one) === 'default') && around.namespaces.has(infra);
  const moved = manifests.map((manifest) => (isMoved ? inNamespace(manifest, infra) : manifest));
  const others = new Set(needing.map(placeOf).filter((name) => name !== 'default' && name !== 'kube-system'));
  const isNamespace = ({ kind, name }: Manifest): boolean => kind === 'Namespace' && others.has(name);
  const labelled = moved.map((manifest) => (isNamespace(manifest) ? labelledNamespace(manifest) : manifest));
  const made = new Set(moved.filter(isNamespace).map(({ name }) => name));
  const missing = [...others].filter((name) => !made.has(name) && !around.namespaces.has(name));
  return {
    manifests: [
      ...labelled,
      ...missing.flatMap((name) => {
        const first = needing.find((one) => placeOf(one) === name);
        return first === undefined ? [] : [labelledNamespace(namespaceFor(first, name))];
      }),
    ],
    told: needing.map((one) => {
      const where = placeOf(one) === 'default' && isMoved ? infra : placeOf(one);
      return tell(one, nodeRights(where));
    }),
  };
}

/** What is told of a pod that may do more than a namespace usually grants. */
export const nodeRights = (namespace: string): Loss => [
  `such a pod may do what it likes with its node, which its namespace ${namespace} allows`,
  'Look whether it needs that',
  'hurts',
];

function needsNode(manifest: Manifest): boolean {
  if (podPath(manifest.kind) === undefined) return false;
  const object = importObject(manifest, new SecretVariables(new Set(), false));
  return (
    object !== undefined && exceedsBaseline(resourceBlock(object.resource.name, 'imported', object.given))
  );
}

/** An object that went to `default`, and what it says of others there. */
function inNamespace(manifest: Manifest, namespace: string): Manifest {
  const { kind, value } = manifest;
  const isSpaced = manifest.namespace === undefined || manifest.namespace === 'default';
  const subjects = itemsOf(value['subjects']).map((one) => {
    const subject = fieldsOf(one);
    return subject['namespace'] === 'default' ? { ...subject, namespace } : subject;
  });
  const renamed: Fields = { ...value, ...(subjects.length > 0 && { subjects }) };
  if (!isSpaced || isClusterWide(kind)) return { ...manifest, value: renamed };
  return {
    ...manifest,
    namespace,
    value: { ...renamed, metadata: { ...fieldsOf(value['metadata']), namespace } },
  };
}

function namespaceFor({ file, where }: Manifest, name: string): Manifest {
  const value = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
  return { file, where, apiVersion: 'v1', kind: 'Namespace', name, value };
}

const labelledNamespace = (manifest: Manifest): Manifest => ({
  ...manifest,
  value: changeAt(manifest.value, ['metadata'], (metadata) => ({
    ...metadata,
    labels: { ...granted, ...fieldsOf(metadata['labels']) },
  })),
});

/** Gives an Ingress hosts of the home, its class and its certificate: it answers for no others. */
export function atHomeHosts(manifests: readonly Manifest[], around: Surroundings): Fitted {
  const told: Left[] = [];
  const made = new Set(manifests.map(({ kind, name }) => `${kind.toLowerCase()} ${name}`));
  const fitted = manifests.map((manifest) => {
    if (manifest.kind !== 'Ingress') return manifest;
    const value = ingressAtHome(manifest.value, around, made, (...loss) => told.push(tell(manifest, loss)));
    return { ...manifest, value };
  });
  return { manifests: fitted, told };
}

const classNames = ['ingressClassName', 'ingress_class_name', 'kubernetes.io/ingress.class'];
const certificateNames = ['secretName', 'secret_name'];

/** The hosts at which the home answers. */
export const hostsOf = (blocks: readonly OwnedBlock[]): ReadonlySet<string> =>
  new Set(
    blocks.flatMap(({ block: { type, body } }) =>
      kindOf(type) === 'ingress'
        ? listOf(nested(body, 'spec')['rule']).map((rule) => String(fieldsOf(rule)['host']))
        : [],
    ),
  );

/**
 * An Ingress, as Kubernetes or its provider writes it, with hosts of the home and without a class and a certificate that nobody
 * makes. What only Terraform knows is left as it is.
 *
 * @param made the kinds and names of what comes along: `ingressclass nginx`
 * @param say takes what is different
 */
export function ingressAtHome(
  ingress: Fields,
  { domain, blocks }: Pick<Surroundings, 'domain' | 'blocks'>,
  made: ReadonlySet<string>,
  say: (...loss: Loss) => void,
): Fields {
  if (isOpenToWorld(resourceBlock('kubernetes_ingress_v1', 'imported', withExpressions(ingress))))
    say(...loginAsked());
  const said = new Set<string>();
  const sayOnce = (what: string, remedy: string): void => {
    if (!said.has(what)) say(what, remedy);
    said.add(what);
  };
  const taken = hostsOf(blocks);
  const freeHost = (label: string): string =>
    `${freeName([label], (one) => !taken.has(`${one}.${domain}`))}.${domain}`;
  const atHome = (host: string): string => {
    if (host === '' || host.includes('${')) return host;
    const isHere = host.endsWith(`.${domain}`);
    const own = freeHost(isHere ? host.slice(0, -domain.length - 1) : (host.split('.')[0] ?? host));
    if (own !== host) sayOnce(`${host} becomes ${own}`, 'Use that address');
    return own;
  };
  const isForeign = ([key, name]: readonly [string, unknown]): boolean => {
    const isClass = classNames.includes(key);
    if (!(isClass || certificateNames.includes(key)) || typeof name !== 'string') return false;
    if (name.includes('${') || made.has(`${isClass ? 'ingressclass' : 'secret'} ${name}`)) return false;
    sayOnce(
      `its ${isClass ? 'class' : 'certificate'} ${name} is left out`,
      'The home serves it with its own',
    );
    return true;
  };
  const { name = '' } = fieldsOf(listOf(ingress['metadata'])[0]);
  const hosted = (rule: Fields): Fields => {
    const own = String(name);
    if ('host' in rule || own === '' || own.includes('${')) return rule;
    const host = freeHost(kebabCase(own));
    sayOnce(`it answered at any host, and does so at ${host} alone`, 'Use that address');
    return { host, ...rule };
  };
  const change = (fields: Fields, place: string): Fields =>
    Object.fromEntries(
      Object.entries(place === 'rule' || place === 'rules' ? hosted(fields) : fields)
        .filter((one) => !isForeign(one))
        .map(([key, one]) => [key, key === 'host' || key === 'hosts' ? mapTexts(one, atHome) : one]),
    );
  return fieldsOf(mapFields(ingress, change));
}
