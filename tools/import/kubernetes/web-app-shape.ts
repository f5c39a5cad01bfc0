import { isPlainObject } from '@home/terraform';
import type { Path } from '../source/read-yaml';
import type { Group } from './group-objects';
import type { ImportedObject } from './imported-object';
import { type Mounted, findConfig } from './mounted-config';
import { healthOf } from './probed-health';
import type { Manifest } from './read-manifests';
import { type Fields, fieldsOf, hasOnly, itemsOf, onlyItem, textOf } from './fields';

/** A Deployment with its Service and Ingress that say no more than a web app of the home does. */
export interface WebAppShape {
  readonly name: string;
  readonly namespace?: string;
  readonly image: string;
  readonly port: number;
  readonly host: string;
  readonly memory?: string;
  readonly health?: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env: readonly Variable[];
  readonly config?: Mounted;
  /** The objects that the web app stands for. */
  readonly objects: readonly ImportedObject[];
  /** What a web app of the home does in its own way. */
  readonly differences: readonly Difference[];
}

/** A variable of the environment: a text, or a key of a Secret. */
export type Variable =
  | { readonly name: string; readonly value: string }
  | { readonly name: string; readonly secret: string; readonly key: string };

/** Something that a web app of the home does in another way than the object did. */
export interface Difference {
  readonly manifest: Manifest;
  readonly path: Path;
  readonly what: string;
}

/** The memory that is set aside for an app of which nothing is known. */
export const supposedMemory = '64Mi';

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

const podMembers = [
  'containers',
  'volumes',
  'serviceAccountName',
  'serviceAccount',
  'automountServiceAccountToken',
  'enableServiceLinks',
  'restartPolicy',
  'dnsPolicy',
  'schedulerName',
  'terminationGracePeriodSeconds',
];

const usualPod = {
  terminationGracePeriodSeconds: 30,
  dnsPolicy: 'ClusterFirst',
  schedulerName: 'default-scheduler',
};

/** The pod of a Deployment that says nothing particular about how many there are, or where they run. */
function readPod({ value }: Manifest): Fields | undefined {
  const spec = fieldsOf(value['spec']);
  const template = fieldsOf(spec['template']);
  const pod = fieldsOf(template['spec']);
  const isPlain =
    hasOnly(fieldsOf(value['metadata']), ['name', 'namespace', 'labels']) &&
    hasOnly(spec, [
      'replicas',
      'selector',
      'template',
      'strategy',
      'revisionHistoryLimit',
      'progressDeadlineSeconds',
    ]) &&
    (spec['replicas'] ?? 1) === 1 &&
    hasOnly(fieldsOf(template['metadata']), ['labels', 'name', 'creationTimestamp']) &&
    hasOnly(pod, podMembers) &&
    Object.entries(usualPod).every(([name, usual]) => (pod[name] ?? usual) === usual) &&
    pod['automountServiceAccountToken'] !== true;
  return isPlain ? pod : undefined;
}

interface Container extends Pick<
  WebAppShape,
  'image' | 'port' | 'memory' | 'health' | 'command' | 'args' | 'env'
> {
  readonly portName?: string;
  readonly fields: Fields;
}

const containerMembers = [
  'name',
  'image',
  'imagePullPolicy',
  'ports',
  'env',
  'command',
  'args',
  'resources',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'volumeMounts',
  'terminationMessagePath',
  'terminationMessagePolicy',
];

function readContainer(pod: Fields): Container | undefined {
  const fields = onlyItem(pod['containers']);
  const port = onlyItem(fields?.['ports']);
  if (fields === undefined || port === undefined || !hasOnly(fields, containerMembers)) return undefined;
  const number = port['containerPort'];
  const portName = textOf(port['name']);
  const image = textOf(fields['image']);
  const env = readEnvironment(fields['env']);
  const resources = readResources(fields['resources']);
  const probed = healthOf(fields, [String(number), portName]);
  const isPlain =
    hasOnly(port, ['containerPort', 'name', 'protocol']) && (port['protocol'] ?? 'TCP') === 'TCP';
  if (!isPlain || typeof number !== 'number' || image === undefined) return undefined;
  if (env === undefined || resources === undefined || probed === 'unfit') return undefined;
  return {
    fields,
    image,
    port: number,
    portName,
    env,
    ...resources,
    health: probed,
    ...textsOf('command', fields),
    ...textsOf('args', fields),
  };
}

function textsOf(name: 'command' | 'args', fields: Fields): Partial<Pick<WebAppShape, 'command' | 'args'>> {
  const texts = itemsOf(fields[name]).filter((text) => typeof text === 'string');
  return texts.length === 0 ? {} : { [name]: texts };
}

function readEnvironment(given: unknown): readonly Variable[] | undefined {
  const read = itemsOf(given).map((item): Variable | undefined => {
    const { name, value, valueFrom, ...others } = fieldsOf(item);
    if (typeof name !== 'string' || Object.keys(others).length > 0) return undefined;
    if (valueFrom === undefined) return { name, value: textOf(value) ?? '' };
    const { secretKeyRef, ...sources } = fieldsOf(valueFrom);
    const { name: secret, key, ...more } = fieldsOf(secretKeyRef);
    const isPlain = Object.keys({ ...sources, ...more }).length === 0;
    return isPlain && typeof secret === 'string' && typeof key === 'string'
      ? { name, secret, key }
      : undefined;
  });
  return read.includes(undefined) ? undefined : read.filter((one) => one !== undefined);
}

/** Nothing but a request for memory. */
function readResources(given: unknown): Pick<WebAppShape, 'memory'> | undefined {
  const resources = fieldsOf(given);
  const requests = fieldsOf(resources['requests']);
  if (!hasOnly(resources, ['requests']) || !hasOnly(requests, ['memory'])) return undefined;
  return requests['memory'] === undefined ? {} : { memory: String(requests['memory']) };
}

interface Address {
  readonly host: string;
  readonly servicePort: unknown;
  readonly targetPort: unknown;
}

function readAddress(service: Manifest, ingress: Manifest): Address | undefined {
  const spec = fieldsOf(service.value['spec']);
  const port = onlyItem(spec['ports']);
  const rules = fieldsOf(ingress.value['spec']);
  const rule = onlyItem(rules['rules']);
  const path = onlyItem(fieldsOf(rule?.['http'])['paths']);
  const backend = fieldsOf(fieldsOf(path?.['backend'])['service']);
  const host = textOf(rule?.['host']);
  const named = fieldsOf(backend['port']);
  if (port === undefined || host === undefined || !/^[a-z0-9-]+(\.|$)/.test(host)) return undefined;
  const isPlain =
    [service, ingress].every(({ value }) =>
      hasOnly(fieldsOf(value['metadata']), ['name', 'namespace', 'labels']),
    ) &&
    hasOnly(spec, ['type', 'selector', 'ports']) &&
    (spec['type'] ?? 'ClusterIP') === 'ClusterIP' &&
    hasOnly(port, ['port', 'targetPort', 'name', 'protocol']) &&
    (port['protocol'] ?? 'TCP') === 'TCP' &&
    hasOnly(rules, ['rules', 'ingressClassName']) &&
    (path?.['path'] ?? '/') === '/' &&
    path?.['pathType'] !== 'Exact' &&
    backend['name'] === service.name &&
    (named['number'] === port['port'] || (named['name'] !== undefined && named['name'] === port['name']));
  return isPlain
    ? { host, servicePort: port['port'], targetPort: port['targetPort'] ?? port['port'] }
    : undefined;
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

function differencesOfPod(manifest: Manifest, { fields, memory }: Container): Difference[] {
  const pod = ['spec', 'template', 'spec'];
  const container = [...pod, 'containers', 0];
  const { strategy } = fieldsOf(manifest.value['spec']);
  const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'].filter(
    (probe) => fields[probe] !== undefined,
  );
  return [
    ...(strategy !== undefined && fieldsOf(strategy)['type'] !== 'Recreate'
      ? [
          {
            manifest,
            path: ['spec', 'strategy'],
            what: 'a web app of the home ends before its next version starts',
          },
        ]
      : []),
    ...(fields['imagePullPolicy'] === 'Always'
      ? [
          {
            manifest,
            path: [...container, 'imagePullPolicy'],
            what: 'a pinned image need not be pulled always',
          },
        ]
      : []),
    ...(probes[0] !== undefined && probes.some((probe) => isTimed(fieldsOf(fields[probe])))
      ? [
          {
            manifest,
            path: [...container, probes[0]],
            what: 'a web app of the home is asked at its own intervals',
          },
        ]
      : []),
    ...(memory === undefined
      ? [{ manifest, path: container, what: `no memory was requested; ${supposedMemory} is a guess` }]
      : []),
  ];
}

const isTimed = (probe: Fields): boolean => Object.keys(probe).some((key) => /Seconds$|Threshold$/.test(key));

function differencesOfAddress(
  service: Manifest,
  ingress: Manifest,
  { host, servicePort }: Address,
  domain: string,
): Difference[] {
  const { ingressClassName } = fieldsOf(ingress.value['spec']);
  const own = `${host.split('.')[0]}.${domain}`;
  return [
    ...(host === own
      ? []
      : [{ manifest: ingress, path: ['spec', 'rules', 0, 'host'], what: `${host} becomes ${own}` }]),
    ...(ingressClassName === undefined
      ? []
      : [
          {
            manifest: ingress,
            path: ['spec', 'ingressClassName'],
            what: `the home's own ingress takes the place of ${String(ingressClassName)}`,
          },
        ]),
    ...(servicePort === 80
      ? []
      : [
          {
            manifest: service,
            path: ['spec', 'ports', 0, 'port'],
            what: `port ${String(servicePort)} becomes 80`,
          },
        ]),
  ];
}

/** Whether something else that is imported calls a Service at another port than the home gives it. */
export function isCalledAtPort(name: string, others: readonly Manifest[]): boolean {
  const call = new RegExp(`\\b${name}(\\.[\\w.-]+)?:(?!80\\b)\\d+\\b`);
  const calls = (value: unknown): boolean => {
    if (typeof value === 'string') return call.test(value);
    if (Array.isArray(value)) return value.some(calls);
    return isPlainObject(value) && Object.values(value).some(calls);
  };
  return others.some(({ value }) => calls(value));
}
