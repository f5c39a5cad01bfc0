import { type Body, type OwnedBlock, isExpression } from '@home/terraform';
import { isOpen, nestedBlock, nestedBlocks } from './known-body';
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

/** How many pods of a maker run at once; what is not known counts as one. */
export function copiesOf({ maker, makerSpec }: Pod): number {
  const spec =
    maker.kind === 'cronjob' ? nestedBlock(nestedBlock(makerSpec['job_template'])['spec']) : makerSpec;
  const count = spec['replicas'] ?? spec['parallelism'];
  return typeof count === 'string' || typeof count === 'number' ? Number(count) : 1;
}

const found = new WeakMap<readonly OwnedBlock[], readonly Pod[]>();

/** All pods of a home. Rules that are given the same list share what was found. */
export function podsIn(home: readonly OwnedBlock[]): readonly Pod[] {
  const pods = found.get(home) ?? home.flatMap(podsOf);
  found.set(home, pods);
  return pods;
}
