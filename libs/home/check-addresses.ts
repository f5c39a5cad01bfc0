import ipaddr from 'ipaddr.js';
import type { Problem } from '@home/terraform';
import { type Family, inSubnet, isAddress, normalized, overlap, parseSubnet } from './addresses';
import type { HomeFacts } from './generated/facts';
import { mistake, unique } from './mistake';

/** Talos' own ranges for pods and services: https://docs.siderolabs.com/talos/v1.13/reference/configuration/v1alpha1/config */
const defaultRanges = { podSubnets: ['10.244.0.0/16'], serviceSubnets: ['10.96.0.0/12'] } as const;

/** An address among the facts, and where it stands. */
interface UsedAddress {
  readonly path: string;
  readonly family: Family;
  readonly address: string;
}

/** Checks that addresses lie in their subnets, that no two machines share one, and that no ranges overlap. */
export function* checkAddresses(facts: HomeFacts): Generator<Problem> {
  const { network, nas } = facts;
  const gateways = byFamily('network.gateways', network.gateways);
  const nodes = network.nodes.flatMap(({ addresses }, index) =>
    byFamily(`network.nodes[${index}].addresses`, addresses),
  );
  for (const gateway of gateways.filter((one) => !isLinkLocal(one))) {
    yield* checkSubnet(gateway, facts, 'A node can reach a gateway of its own subnet only');
  }
  for (const node of nodes) {
    const remedy = `Choose an address inside it, or correct network.subnets.${node.family}`;
    yield* checkSubnet(node, facts, remedy);
  }
  const used = [...gateways, { path: 'nas.address', address: nas.address }, ...nodes];
  yield* unique(
    'machine an address',
    used.map(({ path, address }) => ({ path, value: normalized(address) })),
  );
  yield* checkVirtualAddress(facts, used);
  yield* checkRanges(facts);
}

function byFamily(path: string, addresses: Partial<Record<Family, string>>): UsedAddress[] {
  return (['v4', 'v6'] as const).flatMap((family) => {
    const address = addresses[family];
    return address === undefined ? [] : [{ path: `${path}.${family}`, family, address }];
  });
}

const isLinkLocal = ({ family, address }: UsedAddress): boolean =>
  family === 'v6' && isAddress(address, family) && ipaddr.parse(address).range() === 'linkLocal';

function* checkSubnet(
  { path, family, address }: UsedAddress,
  { network }: HomeFacts,
  remedy: string,
): Generator<Problem> {
  const subnet = network.subnets[family];
  if (subnet === undefined) {
    const must = `must lie in a subnet, but network.subnets.${family} is missing`;
    yield mistake(path, address, must, 'Add the subnet');
    return;
  }
  // Of what is malformed, the schema has told so.
  if (!isAddress(address, family) || parseSubnet(subnet, family) === undefined) return;
  if (!inSubnet(address, subnet, family)) {
    yield mistake(path, address, `must lie in the subnet ${subnet}`, remedy);
  }
}

function* checkVirtualAddress(
  facts: HomeFacts,
  used: readonly Pick<UsedAddress, 'path' | 'address'>[],
): Generator<Problem> {
  const { virtualAddress: address } = facts.cluster;
  if (address === undefined) return;
  const path = 'cluster.virtualAddress';
  const family = isAddress(address, 'v4') ? 'v4' : 'v6';
  yield* checkSubnet({ path, family, address }, facts, 'Choose a free address inside it');
  const user = used.find((one) => normalized(one.address) === normalized(address));
  if (user !== undefined) {
    const remedy = 'Choose an address that no machine has; the control planes hand it to each other';
    yield mistake(path, address, `must be free, but ${user.path} has it`, remedy);
  }
}

function* checkRanges({ network, cluster }: HomeFacts): Generator<Problem> {
  const taken = byFamily('network.subnets', network.subnets).map(({ path, address }) => ({
    path,
    range: address,
  }));
  for (const name of ['podSubnets', 'serviceSubnets'] as const) {
    for (const [index, range] of (cluster[name] ?? defaultRanges[name]).entries()) {
      const path = `cluster.${name}[${index}]`;
      const other = taken.find((one) => overlap(range, one.range));
      if (other !== undefined) {
        const must = `must not overlap with ${other.path} "${other.range}"`;
        const remedy = 'Choose a private range that neither the home nor the cluster uses';
        yield mistake(path, range, must, remedy);
      }
      taken.push({ path, range });
    }
  }
}
