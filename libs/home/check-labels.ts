import type { Problem } from '@home/terraform';
import type { NodeFacts } from './home-facts';
import { mistake, oneOf } from './mistake';

const part = /^[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/;
const domain = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

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

/** Checks that Kubernetes takes a node's labels. */
export function checkLabels({ labels = {}, role }: NodeFacts, path: string): Problem[] {
  return Object.entries(labels).flatMap(([key, value]) => {
    const at = `${path}.labels["${key}"]`;
    if (!isKey(key)) return [mistake(at, value, 'must have a key that Kubernetes accepts', keyRemedy)];
    if (value !== '' && !part.test(value))
      return [mistake(at, value, 'must be a value that Kubernetes accepts', partRemedy)];
    return role === 'worker' && isRestricted(key)
      ? [
          mistake(
            at,
            value,
            'must not be a label that a worker cannot give itself',
            'Use a prefix of your own, or one of node.kubernetes.io/instance-type, topology.kubernetes.io/region and …/zone',
          ),
        ]
      : [];
  });
}

/** Checks that Kubernetes takes a node's taints. */
export function checkTaints({ taints = [] }: NodeFacts, path: string): Problem[] {
  return taints.flatMap(({ key, value = '', effect }, index) => {
    const at = `${path}.taints[${index}]`;
    return [
      ...(isKey(key) ? [] : [mistake(`${at}.key`, key, 'must be a key that Kubernetes accepts', keyRemedy)]),
      ...(value === '' || part.test(value)
        ? []
        : [mistake(`${at}.value`, value, 'must be a value that Kubernetes accepts', partRemedy)]),
      ...oneOf(`${at}.effect`, effect, ['NoSchedule', 'PreferNoSchedule', 'NoExecute']),
    ];
  });
}

const partRemedy =
  'Use at most 63 letters, digits, dashes, dots and underscores, with a letter or digit at both ends';
const keyRemedy = `${partRemedy}; before a slash may stand a domain in lower case`;

function isKey(key: string): boolean {
  const [name = '', prefix, ...more] = key.split('/').reverse();
  return more.length === 0 && part.test(name) && (prefix === undefined || domain.test(prefix));
}

function isRestricted(key: string): boolean {
  const [prefix = ''] = key.includes('/') ? key.split('/') : [''];
  if (/(^|\.)node-restriction\.kubernetes\.io$/.test(prefix)) return true;
  if (/(^|\.)(kubelet|node)\.kubernetes\.io$/.test(prefix)) return false;
  return /(^|\.)(kubernetes|k8s)\.io$/.test(prefix) && !allowedOfKubernetes.includes(key);
}
