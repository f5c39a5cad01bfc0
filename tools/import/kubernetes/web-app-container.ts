import type { Path } from '../source/read-yaml';
import { Computed } from './computed';
import { type Fields, fieldsOf, hasOnly, itemsOf, onlyItem, textOf, textOrComputed } from './fields';
import { healthOf } from './probed-health';
import type { Manifest } from './read-manifests';

/** A variable of the environment: a text, or a key of a Secret. */
export type Variable =
  | { readonly name: string; readonly value: string | Computed }
  | { readonly name: string; readonly secret: string | Computed; readonly key: string };

/** Where a Deployment describes the container of a web app. */
export const containerPath: Path = ['spec', 'template', 'spec', 'containers', 0];

/** The memory that is set aside for an app of which nothing is known. */
export const supposedMemory = '64Mi';

/** How Terraform waits for what it made: a stack of the home waits once, for everything. */
export const waits = ['wait_for_rollout', 'wait_for_load_balancer', 'timeouts'];

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

/** What an object consists of, and what Terraform waits for: whoever finds an app says whether it can do without. */
export const objectMembers = ['apiVersion', 'kind', 'metadata', 'spec', 'status', 'depends_on', ...waits];

/** The pod of a Deployment that says nothing particular about how many there are, or where they run. */
export function readPod({ value }: Manifest): Fields | undefined {
  const spec = fieldsOf(value['spec']);
  const template = fieldsOf(spec['template']);
  const pod = fieldsOf(template['spec']);
  const isPlain =
    hasOnly(value, objectMembers) &&
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

/** The container of a web app, as far as it is particular to it. */
export interface AppContainer {
  readonly image: string | Computed;
  readonly port: number;
  readonly memory?: string;
  readonly health?: string;
  readonly command?: readonly (string | Computed)[];
  readonly args?: readonly (string | Computed)[];
  readonly env: readonly Variable[];
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

/** A container with one port that says nothing which a web app could not say. */
export function readContainer(pod: Fields): AppContainer | undefined {
  const fields = onlyItem(pod['containers']);
  const port = onlyItem(fields?.['ports']);
  if (fields === undefined || port === undefined || !hasOnly(fields, containerMembers)) return undefined;
  const number = port['containerPort'];
  const portName = textOf(port['name']);
  const image = textOrComputed(fields['image']);
  const env = readEnvironment(fields['env']);
  const resources = readResources(fields['resources']);
  const probed = healthOf(fields, [String(number), portName]);
  const isPlain =
    hasOnly(port, ['containerPort', 'name', 'protocol']) &&
    (port['protocol'] ?? 'TCP') === 'TCP' &&
    !['env', 'command', 'args', 'volumeMounts'].some((name) => fields[name] instanceof Computed);
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

function textsOf(name: 'command' | 'args', fields: Fields): Partial<Pick<AppContainer, 'command' | 'args'>> {
  const texts = itemsOf(fields[name]).flatMap((text) => textOrComputed(text) ?? []);
  return texts.length === 0 ? {} : { [name]: texts };
}

function readEnvironment(given: unknown): readonly Variable[] | undefined {
  const read = itemsOf(given).map((item): Variable | undefined => {
    const { name, value, valueFrom, ...others } = fieldsOf(item);
    if (typeof name !== 'string' || Object.keys(others).length > 0) return undefined;
    if (valueFrom === undefined) return { name, value: textOrComputed(value) ?? '' };
    const { secretKeyRef, ...sources } = fieldsOf(valueFrom);
    const { name: given, key, ...more } = fieldsOf(secretKeyRef);
    const secret = textOrComputed(given);
    const isPlain = Object.keys({ ...sources, ...more }).length === 0;
    return isPlain && secret !== undefined && typeof key === 'string' ? { name, secret, key } : undefined;
  });
  return read.includes(undefined) ? undefined : read.filter((one) => one !== undefined);
}

/** Nothing but a request for memory. */
function readResources(given: unknown): Pick<AppContainer, 'memory'> | undefined {
  const resources = fieldsOf(given);
  const requests = fieldsOf(resources['requests']);
  const { memory } = requests;
  if (!hasOnly(resources, ['requests']) || !hasOnly(requests, ['memory'])) return undefined;
  if (memory instanceof Computed) return undefined;
  return memory === undefined ? {} : { memory: String(memory) };
}
