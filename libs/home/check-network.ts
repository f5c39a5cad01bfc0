import ipaddr from 'ipaddr.js';
import type { Problem } from '@home/terraform';
import { inSubnet, isAddress, overlap, parseSubnet } from './addresses';
import type { HomeFacts } from './home-facts';
import { mistake } from './mistake';

/** Talos' own ranges for pods and services: https://docs.siderolabs.com/talos/v1.13/reference/configuration/v1alpha1/config */
export const defaultRanges = { podSubnets: ['10.244.0.0/16'], serviceSubnets: ['10.96.0.0/12'] } as const;

/** Checks subnets, gateways, servers and the ranges inside the cluster. */
export function checkNetwork({ network, cluster, nas }: HomeFacts): Problem[] {
  return [
    ...(['v4', 'v6'] as const).flatMap((family) => checkFamily(network, family)),
    ...checkServers('network.nameservers', network.nameservers),
    ...checkRanges({ network, cluster }),
    ...checkNasAddress(nas.address),
  ];
}

function checkFamily({ subnets, gateways }: HomeFacts['network'], family: 'v4' | 'v6'): Problem[] {
  const [subnet, gateway] = [subnets[family], gateways[family]];
  if (subnet === undefined) {
    return gateway === undefined
      ? []
      : [
          mistake(
            `network.gateways.${family}`,
            gateway,
            `must have its subnet in network.subnets.${family}`,
            'Add the subnet, or take the gateway out',
          ),
        ];
  }
  const path = `network.subnets.${family}`;
  if (parseSubnet(subnet, family) === undefined) {
    const example = family === 'v4' ? '192.168.107.0/24' : 'fd00:affe:cafe::/48';
    return [mistake(path, subnet, `must be an IP${family} subnet`, `Write it like "${example}"`)];
  }
  if (gateway === undefined) return [];
  if (!isAddress(gateway, family)) {
    return [
      mistake(`network.gateways.${family}`, gateway, `must be an IP${family} address`, 'Write the router’s'),
    ];
  }
  const linkLocal = family === 'v6' && ipaddr.parse(gateway).range() === 'linkLocal';
  return linkLocal || inSubnet(gateway, subnet, family)
    ? []
    : [
        mistake(
          `network.gateways.${family}`,
          gateway,
          `must lie in the subnet ${subnet}`,
          'A node can reach a gateway of its own subnet only',
        ),
      ];
}

function checkServers(path: string, servers: readonly string[]): Problem[] {
  if (servers.length === 0) {
    return [mistake(path, servers, 'must name at least one server', 'Name the router, or a public resolver')];
  }
  return servers.flatMap((server, index) =>
    ipaddr.isValid(server)
      ? []
      : [
          mistake(
            `${path}[${index}]`,
            server,
            'must be an address',
            'Nobody could look up a name server’s name',
          ),
        ],
  );
}

function checkRanges({ network, cluster }: Pick<HomeFacts, 'network' | 'cluster'>): Problem[] {
  const ranges = (['podSubnets', 'serviceSubnets'] as const).flatMap((name) =>
    (cluster[name] ?? defaultRanges[name]).map((range, index) => ({
      path: `cluster.${name}[${index}]`,
      range,
    })),
  );
  const home = (['v4', 'v6'] as const).map((family) => ({
    path: `network.subnets.${family}`,
    range: network.subnets[family] ?? '',
  }));
  return ranges.flatMap(({ path, range }, index) => {
    if (parseSubnet(range) === undefined) {
      return [mistake(path, range, 'must be a subnet', 'Write it like "10.244.0.0/16"')];
    }
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

function checkNasAddress(address: string): Problem[] {
  return ipaddr.isValid(address)
    ? []
    : [
        mistake(
          'nas.address',
          address,
          'must be an address',
          'DNS runs in this home; the NAS must be found without it',
        ),
      ];
}
