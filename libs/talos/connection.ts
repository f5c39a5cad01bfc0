import { type Home, type Link, type MachineFacts, families, prefixLength } from '@home/home';
import type { BondConfig, LinkConfig, MachineDocument, VLANConfig } from '@home/providers';

/** The name under which the machine's one interface, or its bond, is configured, whatever the kernel calls it. */
const link = 'home';

/** What holds for every machine, and is not asked: a bond that looks at no link does not notice when one is dead. */
const bondDefaults = { miimon: 100, updelay: 200, downdelay: 200 };

/** How a machine is connected: the interface by which others reach it, and what that is made of. */
export function connection(node: MachineFacts, home: Home): MachineDocument[] {
  const { interface: facts } = node;
  const mtu = facts.mtu === undefined ? {} : { mtu: facts.mtu };
  const reachable = { ...mtu, ...addressing(node, home) };
  // A VLAN has the addresses, and what it runs over has none.
  const below = facts.vlan === undefined ? reachable : mtu;
  const lowest = 'bond' in facts ? bond(facts.bond, below) : [...aliased(facts, link), single(facts, below)];
  return [...lowest, ...vlan(node, reachable)];
}

/** The name of the interface that has the machine's addresses. */
function addressedLink({ interface: facts }: MachineFacts): string {
  return facts.vlan === undefined ? lowestLink(facts) : `vlan${facts.vlan}`;
}

const lowestLink = (facts: MachineFacts['interface']): string => ('name' in facts ? facts.name : link);

/** What all documents of a link may have. */
type LinkSettings = Pick<LinkConfig, 'mtu' | 'addresses' | 'routes'>;

/** A link with a configuration of its own gets no address by DHCP. */
function single(facts: Link, settings: LinkSettings): LinkConfig {
  return { apiVersion: 'v1alpha1', kind: 'LinkConfig', name: lowestLink(facts), ...settings };
}

function bond(
  { links, ...settings }: Extract<MachineFacts['interface'], { bond: unknown }>['bond'],
  shared: LinkSettings,
): MachineDocument[] {
  const members = links.map((member, index) => ({ member, alias: `${link}${index}` }));
  const document: BondConfig = {
    apiVersion: 'v1alpha1',
    kind: 'BondConfig',
    name: link,
    links: members.map(({ member, alias }) => ('name' in member ? member.name : alias)),
    ...bondDefaults,
    ...settings,
    ...shared,
  };
  return [...members.flatMap(({ member, alias }) => aliased(member, alias)), document];
}

function vlan(node: MachineFacts, settings: LinkSettings): VLANConfig[] {
  const { interface: facts } = node;
  if (facts.vlan === undefined) return [];
  const name = addressedLink(node);
  const parent = lowestLink(facts);
  return [{ apiVersion: 'v1alpha1', kind: 'VLANConfig', name, vlanID: facts.vlan, parent, ...settings }];
}

/** An interface that is known by its MAC gets a name of ours. */
function aliased(facts: Link, name: string): MachineDocument[] {
  if (!('mac' in facts)) return [];
  const match = `mac(link.permanent_addr) == "${facts.mac.toLowerCase()}"`;
  return [{ apiVersion: 'v1alpha1', kind: 'LinkAliasConfig', name, selector: { match } }];
}

function addressing(node: MachineFacts, { network }: Home): LinkSettings {
  return {
    addresses: families.flatMap((family) => {
      const [address, subnet] = [node.addresses[family], network.subnets[family]];
      return address && subnet ? [{ address: `${address}/${prefixLength(subnet)}` }] : [];
    }),
    routes: families.flatMap((family) => {
      const gateway = network.gateways[family];
      return gateway && node.addresses[family] ? [{ gateway }] : [];
    }),
  };
}

/** The address that the control planes share. */
export function sharedAddress(node: MachineFacts, { cluster: { virtualAddress } }: Home): MachineDocument[] {
  return virtualAddress && node.role === 'controlplane'
    ? [{ apiVersion: 'v1alpha1', kind: 'Layer2VIPConfig', name: virtualAddress, link: addressedLink(node) }]
    : [];
}
