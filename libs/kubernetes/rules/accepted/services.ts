import { isIP } from 'node:net';
import { isExpression } from '@home/terraform';
import { dnsSubdomain, labelKey, portName } from '../names';
import { addressFault, networkFault } from './addresses';
import { type Place, quoted, requireUnique } from './place';

/** Types whose Services are reached from outside the cluster. */
const outward: ReadonlySet<unknown> = new Set(['NodePort', 'LoadBalancer']);

/** Services. */
export function checkService(spec: Place): void {
  const type = spec.body['type'] ?? 'ClusterIP';
  checkAddresses(spec, type);
  checkPorts(spec, type);
  for (const sessions of spec.blocks('session_affinity_config')) {
    for (const client of sessions.blocks('client_ip')) client.range(1, 86400, 'timeout_seconds');
  }
  if (isExpression(type)) return;
  checkType(spec, String(type));
}

function checkAddresses(spec: Place, type: unknown): void {
  if (spec.text('cluster_ip') !== 'None') spec.named(addressFault, 'cluster_ip');
  spec.eachNamed('external_ips', (text) => addressFault(text) ?? specialFault(text));
  spec.eachNamed('load_balancer_source_ranges', (text) => networkFault(text.trim()));
  const families = spec.items('ip_families').filter((family) => typeof family === 'string');
  if (new Set(families).size < families.length)
    spec.refuse('ip_families', 'must name each family once', 'Take one of the two out');
  if (families.length > 1 && spec.text('ip_family_policy') === 'SingleStack')
    spec.refuse('ip_family_policy', 'must not be "SingleStack" with two families', 'Write "PreferDualStack"');
  const [address, first] = [spec.text('cluster_ip'), spec.items('cluster_ips')[0]];
  if (address !== undefined && typeof first === 'string' && first !== address)
    spec.refuse(
      ['cluster_ips', 0],
      `must be cluster_ip, which is ${quoted(address)}, but is ${quoted(first)}`,
      'Correct one of them',
    );
  if (type === 'ExternalName') {
    spec.need('external_name');
    spec.named((text) => dnsSubdomain()(text.replace(/\.$/, '')), 'external_name');
    if (spec.has('cluster_ip'))
      spec.refuse('cluster_ip', 'must not stand beside the type "ExternalName"', 'Take it out');
  }
}

/** Addresses that mean the machine itself, or those around it. */
function specialFault(text: string): string | undefined {
  const isSpecial =
    isIP(text) === 4
      ? /^(127|0)\.|^169\.254\.|^22[4-9]\.|^23\d\./.test(text)
      : /^(::1?$|fe[89ab]|ff)/i.test(text);
  return isSpecial ? 'must not be an address of the machine itself or of its link' : undefined;
}

function checkPorts(spec: Place, type: unknown): void {
  const ports = spec.blocks('port');
  const mayBeWithout =
    type === 'ExternalName' ||
    spec.body['cluster_ip'] === 'None' ||
    isExpression(type) ||
    isExpression(spec.body['cluster_ip']);
  if (!spec.has('port') && !mayBeWithout) spec.refuse('port', 'must have one port or more', 'Add one');
  requireUnique(ports, 'name', 'Service');
  const nodePorts = new Map<number, Place>();
  for (const port of ports) {
    const target = port.text('target_port');
    if (target !== undefined && !/^\d+$/.test(target)) port.named(portName, 'target_port');
    port.named(labelKey, 'app_protocol');
    checkNodePort(port, type, nodePorts);
  }
}

function checkNodePort(port: Place, type: unknown, taken: Map<number, Place>): void {
  const number = port.number('node_port') ?? 0;
  if (number === 0) return;
  if (!outward.has(type) && !isExpression(type)) {
    port.refuse(
      'node_port',
      `must not be there with the type ${quoted(type)}`,
      "Take it out, or write type: 'NodePort'",
    );
    return;
  }
  // What is no port at all, another rule says.
  if (number > 0 && number <= 65535) port.range(30000, 32767, 'node_port');
  const other = taken.get(number);
  taken.set(number, other ?? port);
  if (other !== undefined && !mayShareNodePort(port, other))
    port.refuse('node_port', `must be unique, but ${number} is there twice`, 'Choose another one');
}

/** Both are one port, by different protocols. */
function mayShareNodePort(one: Place, other: Place): boolean {
  if (one.isOpen('protocol') || other.isOpen('protocol') || one.isOpen('port') || other.isOpen('port'))
    return true;
  const [first, second] = [one, other].map((port) => port.text('protocol') ?? 'TCP');
  return first !== second && one.number('port') === other.number('port');
}

/** What only some types of Services have. */
const ofTypes: readonly (readonly [name: string, types: readonly string[]])[] = [
  ['load_balancer_source_ranges', ['LoadBalancer']],
  ['load_balancer_class', ['LoadBalancer']],
  ['external_traffic_policy', ['NodePort', 'LoadBalancer']],
];

function checkType(spec: Place, type: string): void {
  for (const [name, types] of ofTypes) {
    if (spec.has(name) && !types.includes(type))
      spec.refuse(
        name,
        `must not be there with the type ${quoted(type)}`,
        `Take it out, or write type: '${types.at(-1) ?? ''}'`,
      );
  }
  spec.named(labelKey, 'load_balancer_class');
  if (outward.has(type) && spec.body['cluster_ip'] === 'None')
    spec.refuse('cluster_ip', `must not be "None" with the type ${quoted(type)}`, 'Take one of the two out');
  checkBalancer(spec, type);
}

function checkBalancer(spec: Place, type: string): void {
  const isBalanced = type === 'LoadBalancer';
  if (spec.is('allocate_load_balancer_node_ports', false) && !isBalanced)
    spec.refuse(
      'allocate_load_balancer_node_ports',
      `must not be false with the type ${quoted(type)}`,
      'Take it out',
    );
  const isLocal = spec.text('external_traffic_policy') === 'Local';
  if (
    (spec.number('health_check_node_port') ?? 0) > 0 &&
    !(isBalanced && isLocal) &&
    !spec.isOpen('external_traffic_policy')
  )
    spec.refuse(
      'health_check_node_port',
      'must stand beside the type "LoadBalancer" and external_traffic_policy "Local"',
      'Take it out',
    );
}
