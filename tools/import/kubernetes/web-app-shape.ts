import type { Arguments } from './convert-object';
import { type Fields, fieldsOf, hasOnly } from './fields';
import { type Mounted, findConfig } from './mounted-config';
import { keyOf, linksIn } from './object-links';
import { selects } from './object-relations';
import type { Manifest } from './read-manifests';
import { readAddress } from './web-app-address';
import { type AppContainer, readContainer, readPod } from './web-app-container';
import {
  type Difference,
  differencesOfAddress,
  differencesOfObject,
  differencesOfPod,
} from './web-app-differences';

/** An object that may be a part of a web app, wherever it was described. */
export interface AppObject {
  readonly manifest: Manifest;
  /** The arguments of its resource. */
  readonly given: Arguments;
}

/** A Deployment with its Service and Ingress that say no more than a web app of the home does. */
export interface WebAppShape<Part extends AppObject = AppObject> extends Omit<
  AppContainer,
  'portName' | 'fields'
> {
  readonly name: string;
  readonly namespace?: string;
  readonly host: string;
  readonly config?: Mounted<Part>;
  readonly deployment: Part;
  /** The objects that the web app stands for. */
  readonly objects: readonly Part[];
  /** What a web app of the home does in its own way. */
  readonly differences: readonly Difference[];
}

/**
 * Recognizes a web app. Whatever changes what its container does keeps it from being one: several containers or ports,
 * volumes with data, limits, rights. What only concerns how the home runs an app does not, and is told.
 *
 * @param deployment what runs it
 * @param objects all that belongs to the workload
 * @param domain the domain of the home's apps
 */
export function webAppShape<Part extends AppObject>(
  deployment: Part,
  objects: readonly Part[],
  domain: string,
): WebAppShape<Part> | undefined {
  const service = onlyOf(objects, 'Service', ({ manifest }) => selects(manifest, deployment.manifest));
  const ingress = service && onlyOf(objects, 'Ingress', (one) => namesIn(one).has(keyOf(service.manifest)));
  if (service === undefined || ingress === undefined) return undefined;
  const pod = readPod(deployment.manifest);
  const container = pod && readContainer(pod);
  const address = readAddress(service.manifest, ingress.manifest);
  if (pod === undefined || container === undefined || address === undefined) return undefined;
  // Others call the app by its Service's name; the pods' own, and that of what makes them, nobody knows.
  const { name, namespace } = service.manifest;
  const leads = [container.port, container.portName].some(
    (port) => String(port) === String(address.targetPort),
  );
  if (!leads) return undefined;
  const account = findAccount(pod, objects);
  const config = findConfig(pod, container.fields, objects);
  if (account === 'bound' || config === 'unfit') return undefined;
  return {
    name,
    namespace,
    ...container,
    host: address.host.split('.')[0] ?? '',
    config,
    deployment,
    objects: [
      deployment,
      service,
      ingress,
      ...(account ? [account] : []),
      ...(config ? [config.object] : []),
    ],
    differences: [
      ...[deployment, service, ingress].flatMap(({ manifest }) => differencesOfObject(manifest, name)),
      ...differencesOfPod(deployment.manifest, container),
      ...differencesOfAddress(service.manifest, ingress.manifest, address, domain),
      ...(account
        ? [{ manifest: account.manifest, path: [], what: 'a web app of the home needs no account' }]
        : []),
    ],
  };
}

/** The only object of a kind that something is true of. */
function onlyOf<Part extends AppObject>(
  objects: readonly Part[],
  kind: string,
  isMeant: (object: Part) => boolean,
): Part | undefined {
  const [only, ...more] = objects.filter((object) => object.manifest.kind === kind && isMeant(object));
  return more.length === 0 ? only : undefined;
}

/** The objects that an object names, as `keyOf` gives them. Each object is looked through once. */
export function namesIn(object: AppObject): ReadonlySet<string> {
  const { given, manifest } = object;
  const known = named.get(object) ?? new Set(linksIn(given, manifest.namespace).map(({ to }) => keyOf(to)));
  named.set(object, known);
  return known;
}

const named = new WeakMap<AppObject, ReadonlySet<string>>();

/** The account that the pod runs as: none, one of the group that nobody gave rights, or one that has some. */
function findAccount<Part extends AppObject>(
  pod: Fields,
  objects: readonly Part[],
): Part | 'bound' | undefined {
  const name = pod['serviceAccountName'] ?? pod['serviceAccount'] ?? 'default';
  if (name === 'default') return undefined;
  const account = objects.find(
    ({ manifest }) => manifest.kind === 'ServiceAccount' && manifest.name === name,
  );
  const isBound = objects.some(({ manifest }) => manifest.kind.endsWith('RoleBinding'));
  const isPlain =
    account !== undefined &&
    hasOnly(account.manifest.value, ['apiVersion', 'kind', 'metadata', 'automountServiceAccountToken']) &&
    hasOnly(fieldsOf(account.manifest.value['metadata']), ['name', 'namespace', 'labels']);
  return isPlain && !isBound ? account : 'bound';
}
