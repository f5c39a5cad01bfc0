import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** The two families of IP addresses. */
export type Family = 'v4' | 'v6';

export const families = ['v4', 'v6'] as const;

export const nameOf: Readonly<Record<Family, string>> = { v4: 'IPv4', v6: 'IPv6' };

/**
 * Tells whether a text is one address of a family, written out in full: four decimal numbers without leading zeros, or groups
 * with colons; without a prefix length, a zone, or an IPv4 address inside an IPv6 one. Programs read anything shorter in
 * ways of their own: `9.9.9` is 9.9.0.9 to some, and `010.1.1.1` is 8.1.1.1.
 */
export function isAddress(text: string, family: Family): boolean {
  return family === 'v4' ? isIP(text) === 4 : isIP(text) === 6 && !/[%.]/.test(text);
}

/** The family of an address; undefined for what is none. */
export function familyOf(text: string): Family | undefined {
  return families.find((family) => isAddress(text, family));
}

/** Tells whether an address may be one machine's: it is neither everybody's, nor a group's, nor each machine's own. */
export function isMachineAddress(text: string): boolean {
  return familyOf(text) !== undefined && !notOfMachines.has(ipaddr.parse(text).range());
}

const notOfMachines: ReadonlySet<string> = new Set(['unspecified', 'broadcast', 'multicast', 'loopback']);

/** A subnet's network and prefix length; undefined when the text is none (of the family, where one is given). */
export function parseSubnet(text: string, family?: Family): [ipaddr.IPv4 | ipaddr.IPv6, number] | undefined {
  const [, address = '', length] = /^([^/]+)\/(0|[1-9]\d{0,2})$/.exec(text) ?? [];
  const kind = familyOf(address);
  const isSubnet = kind !== undefined && (family ?? kind) === kind && Number(length) <= bits[kind];
  return isSubnet ? [ipaddr.parse(address), Number(length)] : undefined;
}

const bits = { v4: 32, v6: 128 } as const;

/**
 * What an address is in its subnet besides a machine's: `network`, or for IPv4 `broadcast`. In a subnet of two addresses or
 * one there is no such thing.
 */
export function roleIn(address: string, subnet: string, family: Family): 'network' | 'broadcast' | undefined {
  const [network, length] = parseSubnet(subnet, family) ?? [];
  if (network === undefined || length === undefined || length > bits[family] - 2) return undefined;
  const given = ipaddr.parse(address).toByteArray();
  const hostBits = given.flatMap((byte, index) =>
    [7, 6, 5, 4, 3, 2, 1, 0].flatMap((bit, at) => (index * 8 + at < length ? [] : [(byte >> bit) & 1])),
  );
  if (hostBits.every((bit) => bit === 0)) return 'network';
  return family === 'v4' && hostBits.every((bit) => bit === 1) ? 'broadcast' : undefined;
}

/** Tells whether an address lies in a subnet of the same family. */
export function inSubnet(address: string, subnet: string, family: Family): boolean {
  const parsed = parseSubnet(subnet, family);
  return parsed !== undefined && isAddress(address, family) && ipaddr.parse(address).match(parsed);
}

/** Tells whether a URL's host is an address in one of the home's own subnets; a name may lead anywhere. */
export function isAtHome(host: string, subnets: Partial<Record<Family, string>>): boolean {
  const address = host.replace(/^\[|\]$/g, '');
  return families.some((family) => inSubnet(address, subnets[family] ?? '', family));
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

/** An address as a URL holds it: `fd00::3` → `[fd00::3]` */
export const inUrl = (address: string): string => (address.includes(':') ? `[${address}]` : address);

/** The prefix length of a subnet: `192.168.107.0/24` → `24`. */
export function prefixLength(subnet: string): number {
  return ipaddr.parseCIDR(subnet)[1];
}
