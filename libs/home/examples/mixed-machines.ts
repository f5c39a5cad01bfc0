import type { HomeFacts, NodeFacts } from '../generated/facts';
import { facts } from './one-machine';

const [reference] = facts.network.nodes as [NodeFacts];

/** A home of three control planes that share an address, and two workers, all of different kinds, to try things on. */
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
        addresses: { v4: '192.168.107.11' },
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
      {
        name: 'store',
        role: 'worker',
        hardware: 'generic-amd64',
        interface: {
          bond: {
            links: [{ mac: 'E4:5F:01:2B:83:72' }, { name: 'enp2s0' }],
            bondMode: '802.3ad',
            lacpRate: 'fast',
          },
          vlan: 20,
          mtu: 9000,
        },
        installDisk: { type: 'ssd', size: '>= 100GB' },
        extensions: ['siderolabs/iscsi-tools'],
        kernelArguments: ['net.ifnames=0', '-console'],
        encryption: { keys: [{ tpm: {} }, { nodeID: {} }] },
        addresses: { v4: '192.168.107.13', v6: 'fd00:affe:cafe:107::13' },
        memoryForPods: '12Gi',
        patches: [
          { apiVersion: 'v1alpha1', kind: 'WatchdogTimerConfig', device: '/dev/watchdog0', timeout: '2m' },
          { machine: { sysctls: { 'vm.max_map_count': '262144' } } },
        ],
      },
    ],
    entryNodes: ['guest'],
  },
};
