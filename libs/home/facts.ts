import type { HomeFacts } from './generated/facts';

/**
 * The facts of this home. A fork edits this one file, and `libs/home/facts.schema.json` says what is wrong with it.
 * What concerns one workload alone (its image, its host, its port) stands in that workload's `main.ts`.
 */
export const facts: HomeFacts = {
  cluster: { name: 'home_cgn', allowSchedulingOnControlPlanes: true },
  domain: 'rpi',
  labelDomain: 'homeserver.lknuth.dev',
  hostmaster: 'me.lknuth.dev.',
  // For what people read. Talos itself, and so every CronJob, runs in UTC.
  timezone: 'Europe/Berlin',

  network: {
    // The kubelet takes its address from these, as written: the running node's configuration has the address itself
    // as its IPv6 subnet, and another spelling would be a change to it.
    subnets: { v4: '192.168.107.0/24', v6: 'fd00:affe:cafe:107::3/48' },
    gateways: { v4: '192.168.107.1', v6: 'fd00:affe:cafe:107:d624:ddff:fed9:7b78' },
    // The router knows the home's own names; Quad9 answers when the router is away.
    nameservers: ['192.168.107.1', '9.9.9.9'],
    nodes: [
      {
        name: 'talos-controlplane',
        role: 'controlplane',
        hardware: 'raspberry-pi-4',
        // By MAC, because the kernel's names for interfaces change between releases.
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

  // Three facts, not one: a home that was made with Talos 1.7 keeps that contract, whatever is installed on its
  // machines, since a lower contract recreates every secret.
  versions: { talosContract: 'v1.13', talosInstaller: 'v1.13.9', kubernetes: 'v1.36.3' },
  images: {
    litestream: 'litestream/litestream:0.5.18',
    replicaVerify: 'ghcr.io/lukasknuth/homeserver-replica-verify:1.1.0',
  },
  memoryRequests: { litestream: '48Mi' },

  // The NAS backs itself up, so a replica on it is a backup too.
  nas: {
    address: '192.168.107.4',
    s3: { endpoint: 'http://192.168.107.4:9000', kind: 'minio', bucket: 'home-cgn-litestream-replica' },
    // What apps keep beside their databases. It has to be made there once: docs/chores/keep-files.md
    files: { export: '/export/home' },
  },
  replication: { firstDeploy: false, verifySchedule: '0 2 * * 6' },

  // The vault's id comes from the environment, with the token that opens it.
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
