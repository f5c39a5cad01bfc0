import { portName } from '../names';
import { isPartOf, networkFault } from './addresses';
import { type Place, quoted } from './place';
import { checkSelector, checkWholeSelector } from './selectors';

/** NetworkPolicies. */
export function checkNetworkPolicy(spec: Place): void {
  if (spec.items('policy_types').length > 2)
    spec.refuse('policy_types', 'must name each type once', 'Take one out');
  for (const selector of spec.blocks('pod_selector')) checkWholeSelector(selector);
  for (const [direction, peers] of [['ingress', 'from'] as const, ['egress', 'to'] as const]) {
    for (const rule of spec.blocks(direction)) {
      for (const peer of rule.blocks(peers)) checkPeer(peer);
      for (const port of rule.blocks('ports')) checkPort(port);
    }
  }
}

const selectors = ['namespace_selector', 'pod_selector'];

function checkPeer(peer: Place): void {
  const chosen = selectors.filter((name) => peer.has(name));
  if (peer.has('ip_block') && chosen.length > 0)
    peer.refuse('ip_block', `must not stand beside ${chosen.join(' and ')}`, 'Write a peer for each');
  if (!peer.has('ip_block') && chosen.length === 0)
    peer.refuse([], 'must have an ip_block, a namespace_selector or a pod_selector', 'Add one');
  for (const name of selectors) for (const selector of peer.blocks(name)) checkWholeSelector(selector);
  for (const block of peer.blocks('ip_block')) {
    block.fill('cidr');
    block.named(networkFault, 'cidr');
    const cidr = block.text('cidr');
    const isRight = cidr !== undefined && networkFault(cidr) === undefined;
    block.eachNamed(
      'except',
      (text) =>
        networkFault(text) ?? (isRight && !isPartOf(text, cidr) ? `must be part of ${cidr}` : undefined),
    );
  }
}

function checkPort(port: Place): void {
  const text = port.text('port');
  const isNumber = text !== undefined && /^-?\d+$/.test(text);
  if (isNumber) port.range(1, 65535, 'port');
  else port.named(portName, 'port');
  const end = port.number('end_port');
  if (end === undefined || end === 0 || port.isOpen('port')) return;
  port.range(1, 65535, 'end_port');
  if (!isNumber) port.refuse('end_port', 'must stand beside a port that is a number', 'Take it out');
  else if (end < Number(text))
    port.refuse('end_port', `must not be below the port ${text}, but is ${end}`, 'Correct it');
}

/** PodDisruptionBudgets. */
export function checkBudget(spec: Place): void {
  // One of them may turn out null.
  if (['min_available', 'max_unavailable'].every((name) => spec.has(name) && !spec.isOpen(name)))
    spec.refuse('max_unavailable', 'must not stand beside min_available', 'Take one of the two out');
  for (const selector of spec.blocks('selector')) checkSelector(selector);
  spec.named(
    (text) =>
      /^\d+$|^(\d\d?|100)%$/.test(text) ? undefined : 'must be a number of pods or a share up to "100%"',
    'min_available',
    'max_unavailable',
  );
}

const measures: Readonly<Record<string, string>> = {
  ContainerResource: 'container_resource',
  External: 'external',
  Object: 'object',
  Pods: 'pods',
  Resource: 'resource',
};

/** HorizontalPodAutoscalers. */
export function checkAutoscaler(spec: Place): void {
  spec.range(1, Infinity, 'min_replicas', 'max_replicas');
  const [least, most] = [spec.number('min_replicas') ?? 1, spec.number('max_replicas')];
  if (most !== undefined && most >= 1 && least > most)
    spec.refuse(
      'max_replicas',
      `must not be below min_replicas, which is ${least}, but is ${most}`,
      'Correct one of them',
    );
  for (const target of spec.blocks('scale_target_ref')) target.fill('kind', 'name');
  for (const metric of spec.blocks('metric')) {
    metric.choose('type', Object.keys(measures));
    const source = measures[metric.text('type') ?? ''];
    if (source !== undefined && !metric.has(source))
      metric.refuse(source, `must be there with the type ${quoted(metric.text('type'))}`, 'Add it');
    for (const of of metric.blocks(source ?? '')) {
      if (source === 'resource' || source === 'container_resource') of.fill('name');
      for (const target of of.blocks('target')) checkTarget(target);
    }
  }
  for (const rules of [...spec.blocks('behavior', 'scale_up'), ...spec.blocks('behavior', 'scale_down')])
    checkScaling(rules);
}

const figures = ['average_utilization', 'average_value', 'value'];

function checkTarget(target: Place): void {
  target.choose('type', ['Utilization', 'Value', 'AverageValue']);
  target.range(1, Infinity, 'average_utilization');
  target.chooseOne('figure', figures);
}

function checkScaling(rules: Place): void {
  rules.choose('select_policy', ['Max', 'Min', 'Disabled']);
  rules.range(0, 3600, 'stabilization_window_seconds');
  for (const policy of rules.blocks('policy')) {
    policy.choose('type', ['Pods', 'Percent']);
    policy.range(1, Infinity, 'value');
    policy.range(1, 1800, 'period_seconds');
  }
}
