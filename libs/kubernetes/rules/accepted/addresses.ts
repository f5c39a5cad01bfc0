import { isIP } from 'node:net';
import { type NameCheck } from '../names';

/** Says what is wrong with an address. */
export const addressFault: NameCheck = (text) =>
  isIP(text) === 0 ? 'must be an address such as "192.168.1.2" or "fd00::1"' : undefined;

/** Says what is wrong with a network. */
export const networkFault: NameCheck = (text) => {
  const [address = '', length = '', ...more] = text.split('/');
  const longest = { 4: 32, 6: 128 }[isIP(address)];
  const isRight =
    longest !== undefined && /^\d+$/.test(length) && Number(length) <= longest && more.length === 0;
  if (!isRight) return 'must be a network such as "192.168.1.0/24" or "fd00::/64"';
  // Before 1.36 Kubernetes took it with a warning.
  return isNetwork(text) ? undefined : 'must be a network, but is an address in it';
};

function isNetwork(text: string): boolean {
  const [bits, length] = bitsOf(text);
  return !bits.slice(length).includes('1');
}

/** Tells whether one network is part of another one, and smaller. Both are right. */
export function isPartOf(inner: string, outer: string): boolean {
  const [[a, inside], [b, outside]] = [bitsOf(inner), bitsOf(outer)];
  return a.length === b.length && inside > outside && a.slice(0, outside) === b.slice(0, outside);
}

function bitsOf(network: string): [bits: string, length: number] {
  const [address = '', length] = network.split('/');
  const groups = isIP(address) === 4 ? address.split('.').map(Number) : groupsOf(address);
  const width = isIP(address) === 4 ? 8 : 16;
  return [groups.map((group) => group.toString(2).padStart(width, '0')).join(''), Number(length)];
}

function groupsOf(address: string): number[] {
  const [head = '', tail] = address.split('::');
  const [first, last] = [head, tail ?? ''].map((part) => part.split(':').filter((group) => group !== ''));
  const missing = 8 - (first?.length ?? 0) - (last?.length ?? 0);
  const filled = [
    ...(first ?? []),
    ...(tail === undefined ? [] : Array<string>(missing).fill('0')),
    ...(last ?? []),
  ];
  return filled.map((group) => parseInt(group, 16));
}
