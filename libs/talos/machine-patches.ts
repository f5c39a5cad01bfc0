import { type Home, type NodeFacts, type Taint, compareMinors, minorOf, prefixLength } from '@home/home';
import type { MachineDocument } from '@home/providers';
import { stringify } from 'yaml';
import { kubeletSettings } from './kubelet';
import { installerImage } from './schematic';

/** The name under which the machine's one interface is configured, whatever the kernel calls it. */
const link = 'home';

/** Takes a setting of an old contract away; Talos' own way of saying so, which its JSON Schema does not know. */
export interface Deletion {
  readonly delete: readonly string[];
}

/** One change to the configuration that Talos makes by itself. */
export type MachinePatch = MachineDocument | Deletion;

/** Everything in which a machine of this home differs from what Talos makes of role, versions and secrets alone. */
export function machinePatches(node: NodeFacts, home: Home): MachinePatch[] {
  return [
    mainDocument(node, home),
    ...hostname(node, home),
    ...selectedLink(node),
    linkConfig(node, home),
    {
      apiVersion: 'v1alpha1',
      kind: 'ResolverConfig',
      nameservers: home.network.nameservers.map((address) => ({ address })),
    },
    ...timeSync(home),
    ...sharedAddress(node, home),
  ];
}

function mainDocument(node: NodeFacts, home: Home): MachineDocument {
  const { network, versions } = home;
  const subnets = [network.subnets.v4, network.subnets.v6].filter((subnet) => subnet !== undefined);
  const cluster = clusterSettings(node, home);
  return {
    machine: {
      install: {
        disk: node.installDisk,
        image: installerImage(node.hardware, versions.talosInstaller),
        wipe: false,
      },
      kubelet: { nodeIP: { validSubnets: subnets }, extraConfig: kubeletSettings },
      ...(node.labels && { nodeLabels: { ...node.labels } }),
      ...(node.taints && { nodeTaints: Object.fromEntries(node.taints.map(taint)) }),
    },
    ...(Object.keys(cluster).length > 0 && { cluster }),
  };
}

function clusterSettings({ role }: NodeFacts, { cluster }: Home) {
  const { podSubnets, serviceSubnets, allowSchedulingOnControlPlanes } = cluster;
  const network = {
    ...(podSubnets && { podSubnets: [...podSubnets] }),
    ...(serviceSubnets && { serviceSubnets: [...serviceSubnets] }),
  };
  return {
    ...(role === 'controlplane' && { allowSchedulingOnControlPlanes }),
    ...(Object.keys(network).length > 0 && { network }),
  };
}

/** `{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }` → `gpu: yes:NoSchedule` */
const taint = ({ key, value, effect }: Taint): [string, string] => [
  key,
  value === undefined ? effect : `${value}:${effect}`,
];

function hostname(node: NodeFacts, { versions }: Home): MachinePatch[] {
  const document: MachineDocument = {
    apiVersion: 'v1alpha1',
    kind: 'HostnameConfig',
    auto: 'off',
    hostname: node.name,
  };
  // Contracts before 1.12 ask for a made-up hostname in the main document, and Talos refuses to have both.
  const old = compareMinors(minorOf(versions.talosContract) ?? '', '1.12') < 0;
  return old ? [{ delete: ['machine', 'features', 'stableHostname'] }, document] : [document];
}

function selectedLink({ interface: selector }: NodeFacts): MachineDocument[] {
  if (!('mac' in selector)) return [];
  const match = `mac(link.permanent_addr) == "${selector.mac.toLowerCase()}"`;
  return [{ apiVersion: 'v1alpha1', kind: 'LinkAliasConfig', name: link, selector: { match } }];
}

const linkName = ({ interface: selector }: NodeFacts): string => ('mac' in selector ? link : selector.name);

/** A link with a configuration of its own gets no address by DHCP. */
function linkConfig(node: NodeFacts, { network }: Home): MachineDocument {
  const families = ['v4', 'v6'] as const;
  return {
    apiVersion: 'v1alpha1',
    kind: 'LinkConfig',
    name: linkName(node),
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

function timeSync({ network: { timeServers } }: Home): MachineDocument[] {
  return timeServers
    ? [{ apiVersion: 'v1alpha1', kind: 'TimeSyncConfig', ntp: { servers: [...timeServers] } }]
    : [];
}

function sharedAddress(node: NodeFacts, { cluster: { virtualAddress } }: Home): MachineDocument[] {
  return virtualAddress && node.role === 'controlplane'
    ? [{ apiVersion: 'v1alpha1', kind: 'Layer2VIPConfig', name: virtualAddress, link: linkName(node) }]
    : [];
}

/**
 * A patch as Talos reads it; YAML, so that a plan shows it line by line. Version 1.1, in which `off` is quoted, since Go's
 * parser takes a bare one for false where it may.
 */
export function patchText(patch: MachinePatch): string {
  return stringify('delete' in patch ? deletion(patch) : patch, { lineWidth: 0, version: '1.1' });
}

/** `['machine', 'features']` → `{ machine: { features: { $patch: 'delete' } } }` */
function deletion({ delete: path }: Deletion): object {
  return path.reduceRight<object>((inner, step) => ({ [step]: inner }), { $patch: 'delete' });
}
