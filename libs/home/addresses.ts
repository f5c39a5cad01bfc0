import ipaddr from 'ipaddr.js';

/** The two families of IP addresses. */
export type Family = 'v4' | 'v6';

/** Tells whether a text is one address of a family, in four parts or with colons, without a prefix length. */
export function isAddress(text: string, family: Family): boolean {
  return family === 'v4' ? ipaddr.IPv4.isValidFourPartDecimal(text) : ipaddr.IPv6.isValid(text);
}

/** A subnet's network and prefix length; undefined when the text is none (of the family, where one is given). */
export function parseSubnet(text: string, family?: Family): [ipaddr.IPv4 | ipaddr.IPv6, number] | undefined {
  if (!ipaddr.isValidCIDR(text)) return undefined;
  const [address, length] = ipaddr.parseCIDR(text);
  const kind = address.kind() === 'ipv4' ? 'v4' : 'v6';
  return family === undefined || family === kind ? [address, length] : undefined;
}

/** Tells whether an address lies in a subnet of the same family. */
export function inSubnet(address: string, subnet: string, family: Family): boolean {
  const parsed = parseSubnet(subnet, family);
  return parsed !== undefined && isAddress(address, family) && ipaddr.parse(address).match(parsed);
}

/** Tells whether a URL's host is an address in one of the home's own subnets; a name may lead anywhere. */
export function isAtHome(host: string, subnets: Partial<Record<Family, string>>): boolean {
  const address = host.replace(/^\[|\]$/g, '');
  return (['v4', 'v6'] as const).some((family) => inSubnet(address, subnets[family] ?? '', family));
}

/** Tells whether two subnets share an address. */
export function overlap(one: string, other: string): boolean {
  const [first, second] = [parseSubnet(one), parseSubnet(other)];
  if (first === undefined || second === undefined || first[0].kind() !== second[0].kind()) return false;
  const shorter = Math.min(first[1], second[1]);
  return first[0].match([second[0], shorter]);
}

/** An address in the one way of writing that compares equal to itself: `FD00:0::1` → `fd00::1`. */
export function normalized(address: string): string {
  return ipaddr.isValid(address) ? ipaddr.parse(address).toString() : address;
}

/** The prefix length of a subnet: `192.168.107.0/24` → `24`. */
export function prefixLength(subnet: string): number {
  return ipaddr.parseCIDR(subnet)[1];
}
