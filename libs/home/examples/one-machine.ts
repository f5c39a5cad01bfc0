import type { HomeFacts } from '../generated/facts';

/** A home of one Raspberry Pi and a NAS with a MinIO: everything on one machine, both families of addresses. */
export const facts: HomeFacts = {
  cluster: { name: 'home_cgn', allowSchedulingOnControlPlanes: true },
  domain: 'rpi',
  labelDomain: 'homeserver.lknuth.dev',
  hostmaster: 'me.lknuth.dev.',
  timezone: 'Europe/Berlin',

  network: {
    subnets: { v4: '192.168.107.0/24', v6: 'fd00:affe:cafe:107::3/48' },
    gateways: { v4: '192.168.107.1', v6: 'fd00:affe:cafe:107:d624:ddff:fed9:7b78' },
    nameservers: ['192.168.107.1', '9.9.9.9'],
    nodes: [
      {
        name: 'talos-controlplane',
        role: 'controlplane',
        hardware: 'raspberry-pi-4',
        interface: { mac: 'e4:5f:01:2b:83:69' },
        installDisk: '/dev/mmcblk0',
        addresses: { v4: '192.168.107.3', v6: 'fd00:affe:cafe:107::3' },
        memoryForPods: '2600Mi',
        labels: {
          'node.kubernetes.io/instance-type': 'rpi4.4gb.arm64',
          'topology.kubernetes.io/region': 'cologne',
          'topology.kubernetes.io/zone': 'single',
        },
      },
    ],
    entryNodes: ['talos-controlplane'],
  },

  versions: { talosContract: 'v1.13', talosInstaller: 'v1.13.9', kubernetes: 'v1.36.3' },
  images: {
    litestream: 'litestream/litestream:0.5.18',
    replicaVerify: 'ghcr.io/lukasknuth/homeserver-replica-verify:1.1.0',
  },
  memoryRequests: { litestream: '48Mi' },

  nas: {
    address: '192.168.107.4',
    s3: { endpoint: 'http://192.168.107.4:9000', kind: 'minio', bucket: 'home-cgn-litestream-replica' },
    files: { export: '/export/home' },
    media: { export: '/export/media' },
  },
  replication: { firstDeploy: false, verifySchedule: '0 2 * * 6' },

  onePassword: { items: { jdownloader: '4iovm26ps6faszs55bkllv6gsi' } },
  alerts: {
    kind: 'healthchecks.io',
    graceSeconds: 300,
    channel: 'email',
    tags: ['homeserver', 'managed-by-terraform'],
    timezone: 'UTC',
  },

  terraform: { binary: 'terraform', backend: { kind: 'local' }, stateEncryption: 'when-possible' },
};
