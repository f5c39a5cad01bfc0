import { type Home, type MachineFacts, prefixLength } from '@home/home';
import { installerImage, kubeletSettings } from '@home/talos';

/** What must stand in a machine's rendered configuration, word for word. */
export function expectedFacts(node: MachineFacts, { cluster, network, versions }: Home): string[] {
  const families = (['v4', 'v6'] as const).filter((family) => node.addresses[family] !== undefined);
  return [
    `endpoint: ${cluster.endpoint}`,
    `type: ${node.role}`,
    `hostname: ${node.name}`,
    ...disk(node),
    `image: ${installerImage(node, versions.talosInstaller)}`,
    `kubelet:${versions.kubernetes}`,
    ...links(node),
    ...families.map(
      (family) => `address: ${node.addresses[family]}/${prefixLength(network.subnets[family] ?? '/0')}`,
    ),
    ...families.map((family) => `gateway: ${network.gateways[family]}`),
    ...Object.values(network.subnets).map((subnet) => `- ${subnet}`),
    `shutdownGracePeriod: ${kubeletSettings.shutdownGracePeriod}`,
    `evictionMaxPodGracePeriod: ${kubeletSettings.evictionMaxPodGracePeriod}`,
    ...network.nameservers.map((address) => `- address: ${address}`),
    ...Object.entries(node.labels ?? {}).map(([key, value]) => `${key}: ${value}`),
    ...(node.role === 'controlplane'
      ? // Talos tells a worker no more of the cluster than where it is.
        [
          `clusterName: ${cluster.name}`,
          `allowSchedulingOnControlPlanes: ${cluster.allowSchedulingOnControlPlanes}`,
        ]
      : []),
  ];
}

const disk = ({ installDisk }: MachineFacts): string[] =>
  typeof installDisk === 'string'
    ? [`disk: ${installDisk}`]
    : Object.entries(installDisk).map(
        ([name, value]) => `${name}: ${value.startsWith('>') ? `'${value}'` : value}`,
      );

function links({ interface: connection }: MachineFacts): string[] {
  const members = 'bond' in connection ? connection.bond.links : [connection];
  return [
    ...members.map((link) => ('mac' in link ? link.mac.toLowerCase() : link.name)),
    ...('bond' in connection ? [`bondMode: ${connection.bond.bondMode}`] : []),
    ...(connection.vlan === undefined ? [] : [`vlanID: ${connection.vlan}`]),
    ...(connection.mtu === undefined ? [] : [`mtu: ${connection.mtu}`]),
  ];
}

/** What must not stand there: a machine with fixed addresses asks nobody for one. */
export const unexpected = ['DHCPv4Config', 'DHCPv6Config', 'stableHostname: true'];
