import type { HomeFacts, NodeFacts } from '../generated/facts';

const box = {
  role: 'controlplane',
  hardware: 'generic-amd64',
  installDisk: '/dev/nvme0n1',
  memoryForPods: '12Gi',
} satisfies Partial<NodeFacts>;

/** A home in which any machine may die: three control planes that share an address, and two workers of other kinds. */
export const facts: HomeFacts = {
  cluster: {
    name: 'barn',
    virtualAddress: '172.20.5.2',
    allowSchedulingOnControlPlanes: true,
    podSubnets: ['10.64.0.0/16'],
    serviceSubnets: ['10.65.0.0/16'],
  },
  domain: 'barn.lan',
  hostmaster: 'hostmaster.barn.lan.',
  timezone: 'Pacific/Auckland',
  network: {
    subnets: { v4: '172.20.5.0/24', v6: 'fd12:3456:789a:5::/64' },
    gateways: { v4: '172.20.5.1', v6: 'fd12:3456:789a:5::1' },
    nameservers: ['172.20.5.1', '9.9.9.9'],
    timeServers: ['172.20.5.1'],
    nodes: [
      {
        ...box,
        name: 'one',
        interface: { mac: 'E8:FF:1E:00:00:01' },
        addresses: { v4: '172.20.5.11', v6: 'fd12:3456:789a:5::11' },
        labels: { 'topology.kubernetes.io/zone': 'loft' },
      },
      {
        ...box,
        name: 'two',
        interface: { mac: 'e8:ff:1e:00:00:02', mtu: 1400 },
        extensions: ['siderolabs/iscsi-tools'],
        kernelArguments: ['console=ttyS0'],
        addresses: { v4: '172.20.5.12', v6: 'fd12:3456:789a:5::12' },
        labels: { 'topology.kubernetes.io/zone': 'cellar' },
      },
      {
        ...box,
        name: 'three',
        hardware: 'raspberry-pi-4',
        interface: { mac: 'e8:ff:1e:00:00:03' },
        installDisk: '/dev/mmcblk0',
        addresses: { v4: '172.20.5.13', v6: 'fd12:3456:789a:5::13' },
        memoryForPods: '6Gi',
      },
      {
        name: 'guest',
        role: 'worker',
        hardware: 'virtual-machine',
        interface: { name: 'ens18' },
        installDisk: '/dev/vda',
        addresses: { v4: '172.20.5.21' },
        memoryForPods: '4Gi',
        taints: [
          { key: 'gpu', value: 'yes', effect: 'NoSchedule' },
          { key: 'spare', effect: 'PreferNoSchedule' },
        ],
        resetOnDestroy: true,
      },
      {
        name: 'arm',
        role: 'worker',
        hardware: 'generic-arm64',
        interface: { mac: 'e8:ff:1e:00:00:05' },
        installDisk: '/dev/sda',
        addresses: { v4: '172.20.5.22', v6: 'fd12:3456:789a:5::22' },
        memoryForPods: '3Gi',
      },
    ],
    entryNodes: ['one', 'two', 'three'],
  },
  https: { kind: 'authority', hstsDays: 30 },
  logins: {
    kind: 'forward',
    address: 'http://authelia.apps.svc.cluster.local/api/authz/forward-auth',
    headers: ['Remote-User'],
  },
  versions: { talosContract: 'v1.13', talosInstaller: 'v1.13.9', kubernetes: 'v1.36.3' },
  images: {
    litestream: 'litestream/litestream:0.5.18',
    replicaVerify: 'ghcr.io/lukasknuth/homeserver-replica-verify:1.1.0',
  },
  memoryRequests: { litestream: '48Mi' },
  nas: {
    address: '172.20.5.5',
    s3: { kind: 'minio', endpoint: 'http://172.20.5.5:9000', bucket: 'barn' },
    files: { export: '/mnt/tank/barn' },
  },
  replication: { firstDeploy: false, verifySchedule: '0 2 * * 6' },
  onePassword: { items: { jdownloader: '4iovm26ps6faszs55bkllv6gsi' } },
  alerts: { kind: 'addresses', of: ['success', 'failure'] },
  terraform: { binary: 'terraform', backend: { kind: 'local' }, stateEncryption: 'when-possible' },
};
