import { type home, bytes, memoryFault } from '@home/home';
import { type Body, type OwnedBlock, isExpression, isPlainObject, remember } from '@home/terraform';
import { blocksAt, isOpen, nestedBlock, nestedBlocks } from './known-body';
import { type KubernetesObject, objectOf } from './objects';

/** `init` containers end before the pod starts; `sidecar`s start before it, and end after it. */
export type ContainerRole = 'main' | 'init' | 'sidecar';

export interface Container {
  readonly role: ContainerRole;
  readonly name: string;
  readonly body: Body;
}

/** The pods that one object makes, where they are known before Terraform runs. */
export interface Pod {
  readonly owned: OwnedBlock;
  /** What makes them: `deployment`, `statefulset`, `daemonset`, `cronjob`, `job`, `replicationcontroller` or `pod`. */
  readonly maker: KubernetesObject;
  /** The nested block `spec` of what makes them. */
  readonly makerSpec: Body;
  readonly labels: unknown;
  readonly annotations: unknown;
  readonly spec: Body;
  /** Init containers first, each list in its order. */
  readonly containers: readonly Container[];
  /** Whether Terraform makes more containers than are known. */
  readonly open: boolean;
}

/** Where the pod's template stands, for each kind of object that makes pods. */
const templates: Readonly<Record<string, readonly string[]>> = {
  pod: [],
  deployment: ['spec', 'template'],
  statefulset: ['spec', 'template'],
  daemonset: ['spec', 'template'],
  replicationcontroller: ['spec', 'template'],
  job: ['spec', 'template'],
  cronjob: ['spec', 'job_template', 'spec', 'template'],
};

/** The names that lead to the template of the pods that a kind of object makes; undefined when it makes none. */
export const templateOf = (kind: string): readonly string[] | undefined => templates[kind];

/** The pods that a block makes: one kind of pod, or none. */
export function podsOf(owned: OwnedBlock): Pod[] {
  const maker = owned.block.kind === 'resource' ? objectOf(owned) : undefined;
  const path = maker && templates[maker.kind];
  if (maker === undefined || path === undefined) return [];
  const template = path.reduce((body, step) => nestedBlock(body[step]), maker.body);
  const metadata = nestedBlock(template['metadata']);
  const spec = nestedBlock(template['spec']);
  return [
    {
      owned,
      maker,
      makerSpec: nestedBlock(maker.body['spec']),
      labels: metadata['labels'] ?? {},
      annotations: metadata['annotations'] ?? {},
      spec,
      containers: [
        ...nestedBlocks(spec['init_container']).map((body) => container(initRole(body), body)),
        ...nestedBlocks(spec['container']).map((body) => container('main', body)),
      ],
      open: isOpen(spec['container']) || isOpen(spec['init_container']),
    },
  ];
}

/** https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/ */
const initRole = ({ restart_policy: policy }: Body): ContainerRole =>
  policy === 'Always' || isExpression(policy) ? 'sidecar' : 'init';

function container(role: ContainerRole, body: Body): Container {
  const name = body['name'];
  return { role, name: typeof name === 'string' ? name : '(unknown)', body };
}

/** How many pods of a maker run at once; what is not known, or is no number of pods, counts as one. */
export function copiesOf(pod: Pod): number {
  const [, count] = writtenCopies(pod);
  return Number.isInteger(count) && count >= 0 ? count : 1;
}

/** How many pods a maker is told to run at once, as written: NaN where that is no number, or is not known. */
export function writtenCopies({ maker, makerSpec }: Pod): readonly [argument: string, count: number] {
  const spec =
    maker.kind === 'cronjob' ? nestedBlock(nestedBlock(makerSpec['job_template'])['spec']) : makerSpec;
  const argument = spec['replicas'] === undefined ? 'parallelism' : 'replicas';
  const written = spec[argument] ?? '1';
  const isNumber = typeof written === 'number' || (typeof written === 'string' && written.trim() !== '');
  return [argument, isNumber ? Number(written) : NaN];
}

/** All pods of a home. */
export const podsIn = remember((home: readonly OwnedBlock[]): readonly Pod[] => home.flatMap(podsOf));

/** The memory that a container asks for, as written; its limit where it has no request, as Kubernetes sees to. */
export function memoryRequest({ body }: Container): unknown {
  const { requests, limits } = nestedBlock(body['resources']);
  const of = (amounts: unknown): unknown => (isPlainObject(amounts) ? amounts['memory'] : amounts);
  return of(requests) ?? of(limits);
}

/** The memory that a container may take at most, as written. */
export function memoryLimit({ body }: Container): unknown {
  const { limits } = nestedBlock(body['resources']);
  return isPlainObject(limits) ? limits['memory'] : limits;
}

/** The most that a container of a pod may take beyond what is set aside for it, in bytes; one without a limit counts not. */
export const memoryBeyond = ({ containers }: Pod): number =>
  Math.max(0, ...containers.map((container) => sizeOf(memoryLimit(container)) - amount(container)));

/**
 * The memory that the scheduler sets aside for a pod, in bytes: for all containers that run at once. An init container
 * runs beside the sidecars that started before it. What is not known counts as nothing.
 * https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
export function podMemory({ containers }: Pod): number {
  let sidecars = 0;
  let highest = 0;
  for (const container of containers.filter(({ role }) => role !== 'main')) {
    if (container.role === 'sidecar') sidecars += amount(container);
    else highest = Math.max(highest, sidecars + amount(container));
  }
  const mains = containers
    .filter(({ role }) => role === 'main')
    .reduce((sum, container) => sum + amount(container), 0);
  return Math.max(highest, sidecars + mains);
}

const amount = (container: Container): number => sizeOf(memoryRequest(container));

/** What is no amount of memory counts as nothing, so that no sum of others suffers from it: a rule says that it is none. */
const sizeOf = (written: unknown): number =>
  typeof written === 'string' && memoryFault(written) === undefined ? bytes(written) : 0;

/** Bytes as people write them: 2726297600 → `2600Mi`. */
export const formatMemory = (size: number): string => `${Math.round(size / 2 ** 20)}Mi`;

/** What is to be known of a home's nodes to tell which pods they take. */
export type NodesOfHome = {
  readonly cluster: Pick<(typeof home)['cluster'], 'allowSchedulingOnControlPlanes'>;
  readonly network: { readonly nodes: readonly NodeOfHome[] };
};

export type NodeOfHome = Pick<
  (typeof home)['network']['nodes'][number],
  'name' | 'role' | 'memoryForPods' | 'labels' | 'taints'
>;

/** The nodes on which a pod may run, by its node selector and tolerations. */
export function nodesFor(pod: Pod, { cluster, network }: NodesOfHome): readonly NodeOfHome[] {
  return network.nodes.filter(
    (node) =>
      hasLabels(node, pod) &&
      isWanted(node, pod) &&
      taintsOf(node, cluster).every((taint) => tolerates(pod, taint)),
  );
}

/** What keeps pods off a node that do not tolerate it: its own taints, and Talos' on a control plane. */
export function taintsOf(
  { role, taints = [] }: Pick<NodeOfHome, 'role' | 'taints'>,
  { allowSchedulingOnControlPlanes }: NodesOfHome['cluster'],
): readonly Taint[] {
  const isClosed = role === 'controlplane' && !allowSchedulingOnControlPlanes;
  return [...taints, ...(isClosed ? [controlPlaneTaint] : [])];
}

const controlPlaneTaint = { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' } as const;

/** Labels that the facts do not name may be there: Kubernetes itself sets some. */
function hasLabels({ name, labels = {} }: NodeOfHome, { spec }: Pod): boolean {
  const known: Readonly<Record<string, string>> = { ...labels, 'kubernetes.io/hostname': name };
  const asked = spec['node_name'];
  if (typeof asked === 'string' && asked !== name) return false;
  return Object.entries(nestedBlock(spec['node_selector'])).every(
    ([label, value]) => isExpression(value) || known[label] === undefined || known[label] === value,
  );
}

/** Tells whether a node may be one of those that the pod names; terms that say more than names are not looked at. */
function isWanted({ name }: NodeOfHome, { spec }: Pod): boolean {
  const required = blocksAt(spec, [
    'affinity',
    'node_affinity',
    'required_during_scheduling_ignored_during_execution',
  ]);
  const terms = required.flatMap((one) => nestedBlocks(one['node_selector_term']));
  return (
    terms.length === 0 ||
    terms.some((term) =>
      nestedBlocks(term['match_expressions']).every(
        ({ key, operator, values }) =>
          key !== 'kubernetes.io/hostname' ||
          operator !== 'In' ||
          !Array.isArray(values) ||
          values.includes(name),
      ),
    )
  );
}

type Taint = NonNullable<NodeOfHome['taints']>[number];

/** https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
function tolerates({ spec }: Pod, taint: Taint): boolean {
  if (taint.effect === 'PreferNoSchedule') return true;
  return nestedBlocks(spec['toleration']).some(({ key, operator = 'Equal', value = '', effect }) => {
    if (effect !== undefined && effect !== '' && effect !== taint.effect) return false;
    if (key === undefined || key === '') return operator === 'Exists';
    return key === taint.key && (operator === 'Exists' || value === (taint.value ?? ''));
  });
}
