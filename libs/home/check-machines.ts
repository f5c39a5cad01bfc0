import { type PathedProblem } from './check-against';
import { isAddress, normalized } from './addresses';
import { formats } from './formats';
import type { HomeFacts, Link, NodeFacts } from './generated/facts';
import { machineFacts } from './machine-facts';
import { mistake, unique } from './mistake';

/**
 * The labels in Kubernetes' own domains that a kubelet may give its node:
 * https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction
 */
const allowedOfKubernetes = [
  'kubernetes.io/hostname',
  'kubernetes.io/arch',
  'kubernetes.io/os',
  'beta.kubernetes.io/instance-type',
  'node.kubernetes.io/instance-type',
  'failure-domain.beta.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone',
  'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone',
];

/** Checks that no two nodes are mistaken for each other, and that each may give itself its labels. */
export function* checkNodes({ network }: HomeFacts): Generator<PathedProblem> {
  const nodes = network.nodes.map((node, index) => ({ ...node, path: `network.nodes[${index}]` }));
  yield* unique(
    'node a name',
    nodes.map(({ name, path }) => ({ path: `${path}.name`, value: name })),
  );
  const macs = nodes.flatMap((node) =>
    linksOf(node).flatMap(({ link, path }) =>
      'mac' in link ? [{ path: `${node.path}.${path}.mac`, value: link.mac.toLowerCase() }] : [],
    ),
  );
  yield* unique('node the MAC', macs);
  // Talos keeps them by their keys.
  for (const { taints = [], path } of nodes)
    yield* unique(
      'taint a key',
      taints.map(({ key }, index) => ({ path: `${path}.taints[${index}].key`, value: key })),
    );
  for (const { labels = {}, path } of nodes.filter(({ role }) => role === 'worker')) {
    for (const [key, value] of Object.entries(labels).filter(([key]) => isRestricted(key))) {
      yield mistake(
        `${path}.labels["${key}"]`,
        value,
        'must not be a label that a worker cannot give itself',
        'Use a prefix of your own, or one of node.kubernetes.io/instance-type, topology.kubernetes.io/region and …/zone',
      );
    }
  }
}

/** Checks that of every node is said what sets it up, unless somebody else did. */
export function* checkSetUp({ cluster, network }: HomeFacts): Generator<PathedProblem> {
  if (cluster.context !== undefined) return;
  for (const [index, node] of network.nodes.entries()) {
    for (const fact of machineFacts.filter((one) => node[one] === undefined))
      yield ofMachines(`network.nodes[${index}].${fact}`);
  }
}

/** A fact that every home has whose machines are its own. */
export const ofMachines = (path: string): PathedProblem =>
  mistake(
    path,
    undefined,
    'must be there',
    'Add it; only a home on a Kubernetes of somebody else’s, which cluster.context names, has none',
  );

/** The network interfaces of a node, each with its path among the node's facts. */
function linksOf({ interface: connection }: NodeFacts): { link: Link; path: string }[] {
  if (connection === undefined) return [];
  return 'bond' in connection
    ? connection.bond.links.map((link, index) => ({ link, path: `interface.bond.links[${index}]` }))
    : [{ link: connection, path: 'interface' }];
}

function isRestricted(key: string): boolean {
  const [prefix = ''] = key.includes('/') ? key.split('/') : [''];
  if (/(^|\.)node-restriction\.kubernetes\.io$/.test(prefix)) return true;
  if (/(^|\.)(kubelet|node)\.kubernetes\.io$/.test(prefix)) return false;
  return /(^|\.)(kubernetes|k8s)\.io$/.test(prefix) && !allowedOfKubernetes.includes(key);
}

/** Checks that the control planes can agree with each other, and that everybody finds them. */
export function* checkControlPlanes(facts: HomeFacts): Generator<PathedProblem> {
  const { cluster, network } = facts;
  if (cluster.context !== undefined) return;
  const controlPlanes = network.nodes.filter((node) => node.role === 'controlplane');
  const number = controlPlanes.length;
  if (number % 2 === 0) {
    const remedy =
      number === 0
        ? 'Give one node the role "controlplane"'
        : `${number} survive the loss of no more machines than ${number - 1}; add one, or make one a worker`;
    yield mistake('network.nodes', number, 'must be an odd number of control planes', remedy);
  }
  if (number > 1 && cluster.virtualAddress === undefined && cluster.endpoint === undefined) {
    yield mistake(
      'cluster.virtualAddress',
      undefined,
      'must be there when there are several control planes',
      'Choose a free address of the subnet, or name a load balancer in cluster.endpoint',
    );
  }
  yield* checkEndpoint(facts);
  if (cluster.allowSchedulingOnControlPlanes === false && number === network.nodes.length) {
    yield mistake(
      'cluster.allowSchedulingOnControlPlanes',
      false,
      'must be true while there is no worker',
      'Without it no pod finds a node to run on',
    );
  }
  // Wiping the last control plane wipes etcd, and with it everything that Kubernetes knows.
  const [only] = controlPlanes;
  if (number === 1 && only?.resetOnDestroy === true) {
    yield mistake(
      `network.nodes[${network.nodes.indexOf(only)}].resetOnDestroy`,
      true,
      'must not be set on the only control plane',
      'Take it out; `npm run talos -- reset NODE` wipes a disk on purpose',
    );
  }
}

function* checkEndpoint({ cluster, network }: HomeFacts): Generator<PathedProblem> {
  const { endpoint, virtualAddress } = cluster;
  if (endpoint === undefined || !formats.endpoint(endpoint)) return;
  const hostname = new URL(endpoint).hostname.replace(/^\[(.*)\]$/, '$1');
  const isName = !isAddress(hostname, 'v4') && !isAddress(hostname, 'v6');
  const own = network.nodes
    .filter(({ role }) => role === 'controlplane')
    .flatMap(({ addresses: { v4, v6 } }) => [v4, v6]);
  const isOwn = [virtualAddress, ...own].some(
    (address) => address !== undefined && normalized(address) === normalized(hostname),
  );
  if (!isName && !isOwn) {
    yield mistake(
      'cluster.endpoint',
      endpoint,
      'must be an address that a control plane has',
      'Leave it out, or write the virtual address, a control plane’s address, or the name of a load balancer',
    );
  }
}
