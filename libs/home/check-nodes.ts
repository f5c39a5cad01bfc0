import type { Problem } from '@home/terraform';
import { inSubnet, isAddress, normalized } from './addresses';
import { checkLabels, checkTaints } from './check-labels';
import type { HomeFacts, NodeFacts } from './home-facts';
import { mistake, oneOf, unique } from './mistake';
import { isQuantity } from './quantity';

const hardware: readonly NodeFacts['hardware'][] = [
  'raspberry-pi-4',
  'generic-amd64',
  'generic-arm64',
  'virtual-machine',
];
const families = ['v4', 'v6'] as const;

/** Checks every machine by itself, and that no two of them are in each other's way. */
export function checkNodes({ network, nas }: HomeFacts): Problem[] {
  const nodes = network.nodes.map((node, index) => ({ node, path: `network.nodes[${index}]` }));
  return [
    ...nodes.flatMap(({ node, path }) => checkNode(node, path, network)),
    ...unique(nodes.map(({ node, path }) => ({ path: `${path}.name`, value: node.name, of: 'node a name' }))),
    ...unique(
      nodes.flatMap(({ node, path }) =>
        'mac' in node.interface
          ? [{ path: `${path}.interface.mac`, value: node.interface.mac.toLowerCase(), of: 'node the MAC' }]
          : [],
      ),
    ),
    ...unique([
      ...families.flatMap((family) => {
        const gateway = network.gateways[family];
        return gateway === undefined
          ? []
          : [{ path: `network.gateways.${family}`, value: normalized(gateway), of: 'machine an address' }];
      }),
      { path: 'nas.address', value: normalized(nas.address), of: 'machine an address' },
      ...nodes.flatMap(({ node, path }) =>
        families.flatMap((family) => {
          const value = node.addresses[family];
          return value === undefined
            ? []
            : [{ path: `${path}.addresses.${family}`, value: normalized(value), of: 'machine an address' }];
        }),
      ),
    ]),
  ];
}

function checkNode(node: NodeFacts, path: string, { subnets }: HomeFacts['network']): Problem[] {
  return [
    ...checkName(node.name, `${path}.name`),
    ...oneOf(`${path}.role`, node.role, ['controlplane', 'worker']),
    ...oneOf(`${path}.hardware`, node.hardware, hardware),
    ...checkInterface(node.interface, `${path}.interface`),
    ...checkDisk(node.installDisk, `${path}.installDisk`),
    ...families.flatMap((family) =>
      checkAddress(node.addresses[family], `${path}.addresses.${family}`, subnets, family),
    ),
    ...checkAnyAddress(node, path),
    ...checkMemory(node.memoryForPods, `${path}.memoryForPods`),
    ...checkLabels(node, path),
    ...checkTaints(node, path),
  ];
}

function checkName(name: string, path: string): Problem[] {
  return /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)
    ? []
    : [
        mistake(
          path,
          name,
          'must be a hostname of at most 63 lower-case letters, digits and dashes',
          'Kubernetes knows the node by it',
        ),
      ];
}

function checkInterface(selector: NodeFacts['interface'], path: string): Problem[] {
  if ('mac' in selector) {
    return /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(selector.mac)
      ? []
      : [
          mistake(
            `${path}.mac`,
            selector.mac,
            'must be a MAC address',
            'Write six pairs, such as "e4:5f:01:2b:83:69"',
          ),
        ];
  }
  return /^[a-z][a-z0-9.]{0,14}$/.test(selector.name)
    ? []
    : [mistake(`${path}.name`, selector.name, 'must be the name of an interface', 'Write it like "enp1s0"')];
}

function checkDisk(disk: string, path: string): Problem[] {
  return /^\/dev\/[\w/.:-]+$/.test(disk)
    ? []
    : [
        mistake(
          path,
          disk,
          'must be the path of a disk',
          'Write it like "/dev/mmcblk0" or "/dev/disk/by-id/…"',
        ),
      ];
}

function checkAddress(
  address: string | undefined,
  path: string,
  subnets: HomeFacts['network']['subnets'],
  family: 'v4' | 'v6',
): Problem[] {
  if (address === undefined) return [];
  if (!isAddress(address, family)) {
    return [
      mistake(
        path,
        address,
        `must be an IP${family} address without a prefix length`,
        'The subnet knows the length',
      ),
    ];
  }
  const subnet = subnets[family];
  if (subnet === undefined) {
    return [
      mistake(
        path,
        address,
        `must lie in a subnet, but network.subnets.${family} is missing`,
        'Add the subnet',
      ),
    ];
  }
  return inSubnet(address, subnet, family)
    ? []
    : [
        mistake(
          path,
          address,
          `must lie in the subnet ${subnet}`,
          `Choose an address inside it, or correct network.subnets.${family}`,
        ),
      ];
}

function checkAnyAddress({ addresses }: NodeFacts, path: string): Problem[] {
  return families.some((family) => addresses[family] !== undefined)
    ? []
    : [
        mistake(
          `${path}.addresses`,
          addresses,
          'must hold an address',
          'Give the node a fixed v4 or v6 address',
        ),
      ];
}

function checkMemory(memory: string, path: string): Problem[] {
  return isQuantity(memory)
    ? []
    : [mistake(path, memory, 'must be an amount of memory', 'Write it like "2600Mi"')];
}
