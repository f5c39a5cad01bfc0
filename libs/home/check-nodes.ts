import type { Problem } from '@home/terraform';
import type { HomeFacts, NodeFacts } from './generated/facts';
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
export function checkNodes({ network }: HomeFacts): Problem[] {
  const nodes = network.nodes.map((node, index) => ({ node, path: `network.nodes[${index}]` }));
  return [
    ...unique(
      'node a name',
      nodes.map(({ node, path }) => ({ path: `${path}.name`, value: node.name })),
    ),
    ...unique(
      'node the MAC',
      nodes.flatMap(({ node, path }) =>
        'mac' in node.interface
          ? [{ path: `${path}.interface.mac`, value: node.interface.mac.toLowerCase() }]
          : [],
      ),
    ),
    ...nodes.flatMap(({ node, path }) => checkLabels(node, path)),
  ];
}

function checkLabels({ labels = {}, role }: NodeFacts, path: string): Problem[] {
  if (role !== 'worker') return [];
  return Object.entries(labels)
    .filter(([key]) => isRestricted(key))
    .map(([key, value]) =>
      mistake(
        `${path}.labels["${key}"]`,
        value,
        'must not be a label that a worker cannot give itself',
        'Use a prefix of your own, or one of node.kubernetes.io/instance-type, topology.kubernetes.io/region and …/zone',
      ),
    );
}

function isRestricted(key: string): boolean {
  const [prefix = ''] = key.includes('/') ? key.split('/') : [''];
  if (/(^|\.)node-restriction\.kubernetes\.io$/.test(prefix)) return true;
  if (/(^|\.)(kubelet|node)\.kubernetes\.io$/.test(prefix)) return false;
  return /(^|\.)(kubernetes|k8s)\.io$/.test(prefix) && !allowedOfKubernetes.includes(key);
}
