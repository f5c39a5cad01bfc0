import ipaddr from 'ipaddr.js';
import type { PathedProblem } from './check-against';
import { type Family, families, familyOf, inSubnet, normalized, roleIn } from './addresses';
import type { HomeFacts } from './generated/facts';
import { mistake, unique } from './mistake';

/** An address among the facts, and where it stands. */
interface UsedAddress {
  readonly path: string;
  readonly family: Family;
  readonly address: string;
}

/** Checks that addresses lie in their subnets, and that no two machines share one. */
export function* checkAddresses(facts: HomeFacts): Generator<PathedProblem> {
  const { network, nas } = facts;
  const gateways = byFamily('network.gateways', network.gateways);
  const nodes = addressesOfNodes(facts);
  const shared = sharedAddress(facts);
  const local = [...gateways.filter((one) => !isLinkLocal(one)), ...nodes, ...shared];
  yield* checkSubnets(local, facts);
  const machines = [
    ...gateways,
    ...(nas.address === undefined ? [] : asUsed('nas.address', nas.address)),
    ...nodes,
  ];
  yield* checkRoles([...machines, ...shared], facts);
  yield* unique(
    'machine an address',
    machines.map(({ path, address }) => ({ path, value: normalized(address) })),
  );
  for (const { path, address } of shared) {
    const user = machines.find((one) => normalized(one.address) === normalized(address));
    if (user === undefined) continue;
    const remedy = 'Choose an address that no machine has; the control planes hand it to each other';
    yield mistake(path, address, `must be free, but ${user.path} has it`, remedy);
  }
}

/** Checks that whoever is asked by an address is one machine. */
export function checkAsked(facts: HomeFacts): Iterable<PathedProblem> {
  const { network, nas } = facts;
  const host = new URL(nas.s3.endpoint).hostname.replace(/^\[(.*)\]$/, '$1');
  const servers = network.nameservers.flatMap((server, index) =>
    asUsed(`network.nameservers[${index}]`, server),
  );
  return checkRoles([...servers, ...asUsed('nas.s3.endpoint', host)], facts);
}

const addressesOfNodes = ({ network }: HomeFacts): UsedAddress[] =>
  network.nodes.flatMap(({ addresses }, index) => byFamily(`network.nodes[${index}].addresses`, addresses));

const sharedAddress = ({ cluster: { virtualAddress } }: HomeFacts): UsedAddress[] =>
  virtualAddress === undefined ? [] : asUsed('cluster.virtualAddress', virtualAddress);

function asUsed(path: string, address: string): UsedAddress[] {
  const family = familyOf(address);
  return family === undefined ? [] : [{ path, family, address }];
}

function byFamily(path: string, addresses: Partial<Record<Family, string>>): UsedAddress[] {
  return families.flatMap((family) => {
    const address = addresses[family];
    return address === undefined ? [] : [{ path: `${path}.${family}`, family, address }];
  });
}

const isLinkLocal = ({ family, address }: UsedAddress): boolean =>
  family === 'v6' && ipaddr.parse(address).range() === 'linkLocal';

function* checkSubnets(addresses: readonly UsedAddress[], { network }: HomeFacts): Generator<PathedProblem> {
  for (const family of families) {
    const subnet = network.subnets[family];
    const all = addresses.filter((one) => one.family === family);
    const [first] = all;
    if (subnet === undefined && first !== undefined) {
      const must = `must be there, since ${first.path} "${first.address}" lies in it`;
      yield mistake(`network.subnets.${family}`, subnet, must, 'Add it');
    }
    if (subnet === undefined) continue;
    for (const { path, address } of all.filter((one) => !inSubnet(one.address, subnet, family))) {
      const remedy = path.startsWith('network.gateways')
        ? 'A node can reach a gateway of its own subnet only'
        : `Choose an address inside it, or correct network.subnets.${family}`;
      yield mistake(path, address, `must lie in the subnet ${subnet}`, remedy);
    }
  }
}

/** The first and the last address of a subnet are nobody's own. */
function* checkRoles(addresses: readonly UsedAddress[], { network }: HomeFacts): Generator<PathedProblem> {
  for (const { path, family, address } of addresses) {
    const subnet = network.subnets[family];
    if (subnet === undefined || !inSubnet(address, subnet, family)) continue;
    const role = roleIn(address, subnet, family);
    if (role === undefined) continue;
    const must = `must be a machine's own, but is the ${role} address of the subnet ${subnet}`;
    yield mistake(path, address, must, 'Choose another address inside it');
  }
}
