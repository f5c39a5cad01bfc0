import { type Home, type MachineFacts, type Taint, compareMinors, families, minorOf } from '@home/home';
import type { MachineDocument } from '@home/providers';
import { stringify } from 'yaml';
import { connection, sharedAddress } from './connection';
import { encryptedVolumes } from './encrypted-volumes';
import { kubeletSettings } from './kubelet';
import { installerImage } from './schematic';

/** Takes a setting of an old contract away; Talos' own way of saying so, which its JSON Schema does not know. */
export interface Deletion {
  readonly delete: readonly string[];
}

/** One change to the configuration that Talos makes by itself. */
export type MachinePatch = MachineDocument | Deletion;

/** Everything in which a machine of this home differs from what Talos makes of role, versions and secrets alone. */
export function machinePatches(node: MachineFacts, home: Home): MachinePatch[] {
  return [
    mainDocument(node, home),
    ...hostname(node, home),
    ...connection(node, home),
    {
      apiVersion: 'v1alpha1',
      kind: 'ResolverConfig',
      nameservers: home.network.nameservers.map((address) => ({ address })),
    },
    ...timeSync(home),
    ...sharedAddress(node, home),
    ...encryptedVolumes(node),
    ...(node.patches ?? []),
  ];
}

function mainDocument(node: MachineFacts, home: Home): MachineDocument {
  const { network, versions } = home;
  const subnets = [network.subnets.v4, network.subnets.v6].filter((subnet) => subnet !== undefined);
  const cluster = clusterSettings(node, home);
  return {
    machine: {
      install: {
        ...(typeof node.installDisk === 'string'
          ? { disk: node.installDisk }
          : { diskSelector: { ...node.installDisk } }),
        image: installerImage(node, versions.talosInstaller),
        wipe: false,
        ...(needsKernelArguments(node, home) && { grubUseUKICmdline: true }),
      },
      kubelet: { nodeIP: { validSubnets: subnets }, extraConfig: kubeletSettings },
      ...(node.labels && { nodeLabels: { ...node.labels } }),
      ...sysctls(node, home),
      ...(node.taints && { nodeTaints: Object.fromEntries(node.taints.map(taint)) }),
    },
    ...(Object.keys(cluster).length > 0 && { cluster }),
  };
}

/** Before the contract of 1.12 GRUB is told its arguments by the configuration, and does not look at the image's. */
const needsKernelArguments = ({ kernelArguments = [] }: MachineFacts, home: Home): boolean =>
  kernelArguments.length > 0 && isBefore(home, '1.12');

const isBefore = ({ versions }: Home, minor: string): boolean =>
  compareMinors(minorOf(versions.talosContract) ?? '', minor) < 0;

/** Every node has DNS listen at the addresses of all that carry it: the others' too, and the shared one before it comes. */
function sysctls({ name, addresses }: MachineFacts, { entry }: Home) {
  const isEntry = entry.nodes.some((node) => node.name === name);
  const others = entry.listensAt.filter((address) => ![addresses.v4, addresses.v6].includes(address));
  if (!isEntry || others.length === 0) return {};
  const named = { v4: 'net.ipv4.ip_nonlocal_bind', v6: 'net.ipv6.ip_nonlocal_bind' };
  const bound = families.filter((family) =>
    others.some((address) => address.includes(':') === (family === 'v6')),
  );
  return { sysctls: Object.fromEntries(bound.map((family) => [named[family], '1'])) };
}

function clusterSettings({ role }: MachineFacts, { cluster }: Home) {
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

function hostname(node: MachineFacts, home: Home): MachinePatch[] {
  const document: MachineDocument = {
    apiVersion: 'v1alpha1',
    kind: 'HostnameConfig',
    auto: 'off',
    hostname: node.name,
  };
  // Contracts before 1.12 ask for a made-up hostname in the main document, and Talos refuses to have both.
  return isBefore(home, '1.12')
    ? [{ delete: ['machine', 'features', 'stableHostname'] }, document]
    : [document];
}

function timeSync({ network: { timeServers } }: Home): MachineDocument[] {
  return timeServers
    ? [{ apiVersion: 'v1alpha1', kind: 'TimeSyncConfig', ntp: { servers: [...timeServers] } }]
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
