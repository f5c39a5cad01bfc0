import { type HomeFacts, type NodeFacts, readFacts } from '@home/home';

const facts = readFacts();

const [reference] = facts.network.nodes as [NodeFacts];

/** A home of three control planes that share an address, and a worker, all of different kinds, to try things on. */
export const exampleHome: HomeFacts = {
  ...facts,
  cluster: { ...facts.cluster, virtualAddress: '192.168.107.2', allowSchedulingOnControlPlanes: false },
  network: {
    ...facts.network,
    timeServers: ['192.168.107.1'],
    nodes: [
      reference,
      {
        ...reference,
        name: 'box',
        hardware: 'generic-amd64',
        interface: { mac: 'E4:5F:01:2B:83:70' },
        installDisk: '/dev/nvme0n1',
        addresses: { v4: '192.168.107.10' },
        labels: { 'topology.kubernetes.io/zone': 'cellar' },
      },
      {
        ...reference,
        name: 'arm',
        hardware: 'generic-arm64',
        interface: { mac: 'e4:5f:01:2b:83:71' },
        addresses: { v6: 'fd00:affe:cafe:107::11' },
      },
      {
        ...reference,
        name: 'guest',
        role: 'worker',
        hardware: 'virtual-machine',
        interface: { name: 'ens18' },
        installDisk: '/dev/vda',
        addresses: { v4: '192.168.107.12' },
        taints: [
          { key: 'gpu', value: 'yes', effect: 'NoSchedule' },
          { key: 'spare', effect: 'PreferNoSchedule' },
        ],
        resetOnDestroy: true,
      },
    ],
  },
};
