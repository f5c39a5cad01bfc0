import ipaddr from 'ipaddr.js';
import type { Problem } from '@home/terraform';
import { type Family, inSubnet, isAddress, normalized, overlap, parseSubnet } from './addresses';
import type { HomeFacts } from './generated/facts';
import { mistake, unique } from './mistake';

/** Talos' own ranges for pods and services: https://docs.siderolabs.com/talos/v1.13/reference/configuration/v1alpha1/config */
const defaultRanges = { podSubnets: ['10.244.0.0/16'], serviceSubnets: ['10.96.0.0/12'] } as const;

const families: readonly Family[] = ['v4', 'v6'];

/** A fact that is the address of a machine, and where it stands. */
export interface UsedAddress {
  readonly path: string;
  readonly family: Family;
  readonly address: string;
}

/** Checks that addresses lie in their subnets, that no two machines share one, and that no ranges overlap. */
export function checkAddresses(facts: HomeFacts): Problem[] {
  const gateways = gatewaysOf(facts);
  const nodes = nodeAddressesOf(facts);
  return [
    ...gateways.flatMap((gateway) => checkGateway(gateway, facts)),
    ...nodes.flatMap((address) => checkNodeAddress(address, facts)),
    ...unique(
      'machine an address',
      usedAddresses(facts).map(({ path, address }) => ({ path, value: normalized(address) })),
    ),
    ...checkRanges(facts),
  ];
}

/** All addresses that machines have: the router's, the NAS' and the nodes'. */
export function usedAddresses(facts: HomeFacts): { path: string; address: string }[] {
  return [
    ...gatewaysOf(facts),
    { path: 'nas.address', address: facts.nas.address },
    ...nodeAddressesOf(facts),
  ];
}

const gatewaysOf = ({ network }: HomeFacts): UsedAddress[] => byFamily('network.gateways', network.gateways);

const nodeAddressesOf = ({ network }: HomeFacts): UsedAddress[] =>
  network.nodes.flatMap(({ addresses }, index) => byFamily(`network.nodes[${index}].addresses`, addresses));

function byFamily(path: string, addresses: Partial<Record<Family, string>>): UsedAddress[] {
  return families.flatMap((family) => {
    const address = addresses[family];
    return address === undefined ? [] : [{ path: `${path}.${family}`, family, address }];
  });
}

function checkGateway({ path, family, address }: UsedAddress, { network }: HomeFacts): Problem[] {
  const subnet = network.subnets[family];
  if (subnet === undefined) {
    const must = `must have its subnet in network.subnets.${family}`;
    return [mistake(path, address, must, 'Add the subnet, or take the gateway out')];
  }
  const isLinkLocal =
    family === 'v6' && ipaddr.isValid(address) && ipaddr.parse(address).range() === 'linkLocal';
  return isLinkLocal || mayLieIn(address, subnet, family)
    ? []
    : [
        mistake(
          path,
          address,
          `must lie in the subnet ${subnet}`,
          'A node can reach a gateway of its own subnet only',
        ),
      ];
}

function checkNodeAddress({ path, family, address }: UsedAddress, { network }: HomeFacts): Problem[] {
  const subnet = network.subnets[family];
  if (subnet === undefined) {
    const must = `must lie in a subnet, but network.subnets.${family} is missing`;
    return [mistake(path, address, must, 'Add the subnet')];
  }
  return mayLieIn(address, subnet, family)
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

/** Tells whether an address lies in a subnet; of what is malformed, the schema has told so. */
const mayLieIn = (address: string, subnet: string, family: Family): boolean =>
  !isAddress(address, family) ||
  parseSubnet(subnet, family) === undefined ||
  inSubnet(address, subnet, family);

function checkRanges({ network, cluster }: HomeFacts): Problem[] {
  const ranges = (['podSubnets', 'serviceSubnets'] as const).flatMap((name) =>
    (cluster[name] ?? defaultRanges[name]).map((range, index) => ({
      path: `cluster.${name}[${index}]`,
      range,
    })),
  );
  const home = byFamily('network.subnets', network.subnets).map(({ path, address }) => ({
    path,
    range: address,
  }));
  return ranges.flatMap(({ path, range }, index) => {
    const other = [...home, ...ranges.slice(0, index)].find((one) => overlap(range, one.range));
    return other === undefined
      ? []
      : [
          mistake(
            path,
            range,
            `must not overlap with ${other.path} "${other.range}"`,
            'Choose a private range that neither the home nor the cluster uses',
          ),
        ];
  });
}
