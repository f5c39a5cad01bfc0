import { fieldsOf, hasOnly, type Fields } from './fields';
import type { Group } from './group-objects';
import type { ImportedObject } from './imported-object';
import { type Mounted, findConfig } from './mounted-config';
import { readAddress } from './web-app-address';
import { type AppContainer, readContainer, readPod } from './web-app-container';
import { type Difference, differencesOfAddress, differencesOfPod } from './web-app-differences';

/** A Deployment with its Service and Ingress that say no more than a web app of the home does. */
export interface WebAppShape extends Omit<AppContainer, 'portName' | 'fields'> {
  readonly name: string;
  readonly namespace?: string;
  readonly host: string;
  readonly config?: Mounted;
  /** The objects that the web app stands for. */
  readonly objects: readonly ImportedObject[];
  /** What a web app of the home does in its own way. */
  readonly differences: readonly Difference[];
}

/**
 * Recognizes a web app. Whatever changes what its container does keeps it from being one: several containers or ports,
 * volumes with data, limits, rights. What only concerns how the home runs an app does not, and is told.
 *
 * @param group the objects of one workload
 * @param domain the domain of the home's apps
 */
export function webAppShape(group: Group, domain: string): WebAppShape | undefined {
  const deployment = onlyOf(group, 'Deployment');
  const service = onlyOf(group, 'Service');
  const ingress = onlyOf(group, 'Ingress');
  if (deployment === undefined || service === undefined || ingress === undefined) return undefined;
  const pod = readPod(deployment.manifest);
  const container = pod && readContainer(pod);
  const address = readAddress(service.manifest, ingress.manifest);
  if (pod === undefined || container === undefined || address === undefined) return undefined;
  const { name, namespace } = deployment.manifest;
  const isOne = service.manifest.name === name && service.manifest.namespace === namespace;
  const leads = [container.port, container.portName].some(
    (port) => String(port) === String(address.targetPort),
  );
  if (!isOne || !leads) return undefined;
  const account = findAccount(pod, group);
  const config = findConfig(pod, container.fields, group);
  if (account === 'bound' || config === 'unfit') return undefined;
  return {
    name,
    namespace,
    ...container,
    host: address.host.split('.')[0] ?? '',
    config,
    objects: [
      deployment,
      service,
      ingress,
      ...(account ? [account] : []),
      ...(config ? [config.object] : []),
    ],
    differences: [
      ...differencesOfPod(deployment.manifest, container),
      ...differencesOfAddress(service.manifest, ingress.manifest, address, domain),
      ...(account
        ? [{ manifest: account.manifest, path: [], what: 'a web app of the home needs no account' }]
        : []),
    ],
  };
}

function onlyOf({ objects }: Group, kind: string): ImportedObject | undefined {
  const [only, ...more] = objects.filter(({ manifest }) => manifest.kind === kind);
  return more.length === 0 ? only : undefined;
}

/** The account that the pod runs as: none, one of the group that nobody gave rights, or one that has some. */
function findAccount(pod: Fields, group: Group): ImportedObject | 'bound' | undefined {
  const name = pod['serviceAccountName'] ?? pod['serviceAccount'] ?? 'default';
  if (name === 'default') return undefined;
  const account = group.objects.find(
    ({ manifest }) => manifest.kind === 'ServiceAccount' && manifest.name === name,
  );
  const isBound = group.objects.some(({ manifest }) => manifest.kind.endsWith('RoleBinding'));
  const isPlain =
    account !== undefined &&
    hasOnly(account.manifest.value, ['apiVersion', 'kind', 'metadata', 'automountServiceAccountToken']) &&
    hasOnly(fieldsOf(account.manifest.value['metadata']), ['name', 'namespace', 'labels']);
  return isPlain && !isBound ? account : 'bound';
}
