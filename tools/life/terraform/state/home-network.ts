import ipaddr from 'ipaddr.js';

/**
 * Tells whether a host is this machine or lies in the home's own networks, where plain HTTP is allowed.
 *
 * @param host a name, or an address as a URL holds it (IPv6 in brackets)
 * @param networks such as `192.168.107.0/24`
 * @param domain the home's own domain; its names lie in the home
 */
export function isAtHome(host: string, networks: readonly string[], domain: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  if (name === 'localhost' || name === domain || name.endsWith(`.${domain}`)) return true;
  if (!ipaddr.isValid(name)) return false;
  const address = ipaddr.process(name);
  if (address.range() === 'loopback') return true;
  return networks.some((network) => {
    const [base, length] = ipaddr.parseCIDR(network);
    return base.kind() === address.kind() && address.match(base, length);
  });
}
