import type { Problem } from '@home/terraform';
import type { HomeFacts } from './generated/facts';
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
export function* checkNodes({ network }: HomeFacts): Generator<Problem> {
  const nodes = network.nodes.map((node, index) => ({ ...node, path: `network.nodes[${index}]` }));
  yield* unique(
    'node a name',
    nodes.map(({ name, path }) => ({ path: `${path}.name`, value: name })),
  );
  const macs = nodes.flatMap(({ interface: selector, path }) =>
    'mac' in selector ? [{ path: `${path}.interface.mac`, value: selector.mac.toLowerCase() }] : [],
  );
  yield* unique('node the MAC', macs);
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

function isRestricted(key: string): boolean {
  const [prefix = ''] = key.includes('/') ? key.split('/') : [''];
  if (/(^|\.)node-restriction\.kubernetes\.io$/.test(prefix)) return true;
  if (/(^|\.)(kubelet|node)\.kubernetes\.io$/.test(prefix)) return false;
  return /(^|\.)(kubernetes|k8s)\.io$/.test(prefix) && !allowedOfKubernetes.includes(key);
}
