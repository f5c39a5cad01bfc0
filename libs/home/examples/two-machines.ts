import type { HomeFacts } from '../generated/facts';

/**
 * A home that has little and was given the rest: a Raspberry Pi and a small PC, IPv4 alone, a domain of its owner's with
 * HTTPS and logins, and a Synology whose store and shares somebody else looks after.
 */
export const facts: HomeFacts = {
  cluster: { name: 'loft', allowSchedulingOnControlPlanes: true },
  domain: 'loft.example.org',
  hostmaster: 'admin.example.org.',
  timezone: 'America/Montreal',
  network: {
    subnets: { v4: '10.20.0.0/23' },
    gateways: { v4: '10.20.0.1' },
    nameservers: ['10.20.0.1'],
    nodes: [
      {
        name: 'pi',
        role: 'controlplane',
        hardware: 'raspberry-pi-4',
        interface: { mac: 'dc:a6:32:01:02:03' },
        installDisk: '/dev/mmcblk0',
        addresses: { v4: '10.20.0.10' },
        memoryForPods: '2600Mi',
      },
      {
        name: 'pc',
        role: 'worker',
        hardware: 'generic-amd64',
        interface: { name: 'enp1s0' },
        installDisk: { type: 'ssd', size: '>= 100GB' },
        addresses: { v4: '10.20.1.11' },
        memoryForPods: '15Gi',
      },
    ],
    entryNodes: ['pi'],
  },
  https: {
    kind: 'acme',
    email: 'admin@example.org',
    provider: 'cloudflare',
    credentials: ['CF_DNS_API_TOKEN'],
  },
  logins: { kind: 'password', users: ['anna', 'ben'] },
  versions: { talosContract: 'v1.13', talosInstaller: 'v1.13.9', kubernetes: 'v1.36.3' },
  images: {
    litestream: 'litestream/litestream:0.5.18',
    replicaVerify: 'ghcr.io/lukasknuth/homeserver-replica-verify:1.1.0',
  },
  memoryRequests: { litestream: '48Mi' },
  nas: {
    address: '10.20.0.5',
    s3: { kind: 'given', endpoint: 'http://10.20.0.5:3900', bucket: 'loft', region: 'garage' },
    files: { export: '/volume1/loft', version: '4.0' },
  },
  replication: { firstDeploy: false, verifySchedule: '30 4 * * 0' },
  terraform: { binary: 'terraform', backend: { kind: 'local' }, stateEncryption: 'when-possible' },
};
