import type { Problem } from '@home/terraform';
import { inSubnet, isAddress, normalized } from './addresses';
import { usedAddresses } from './check-addresses';
import { formats } from './formats';
import type { HomeFacts } from './generated/facts';
import { mistake } from './mistake';

/** Checks that the control planes can agree with each other, and that everybody finds them. */
export function checkControlPlanes(facts: HomeFacts): Problem[] {
  return [
    ...checkNumber(facts),
    ...checkVirtualAddress(facts),
    ...checkEndpoint(facts),
    ...checkRoomForPods(facts),
    ...checkReset(facts),
  ];
}

const controlPlanesOf = ({ network }: HomeFacts) =>
  network.nodes.filter((node) => node.role === 'controlplane');

function checkNumber(facts: HomeFacts): Problem[] {
  const number = controlPlanesOf(facts).length;
  if (number % 2 === 1) return [];
  return [
    mistake(
      'network.nodes',
      number,
      'must be an odd number of control planes',
      number === 0
        ? 'Give one node the role "controlplane"'
        : `${number} survive the loss of no more machines than ${number - 1}; add one, or make one a worker`,
    ),
  ];
}

function checkVirtualAddress(facts: HomeFacts): Problem[] {
  const { virtualAddress } = facts.cluster;
  if (virtualAddress === undefined) return checkShared(facts);
  const path = 'cluster.virtualAddress';
  const family = isAddress(virtualAddress, 'v4') ? 'v4' : 'v6';
  // Of what is no address at all, the schema has told so.
  if (!isAddress(virtualAddress, family)) return [];
  const subnet = facts.network.subnets[family] ?? '';
  if (!inSubnet(virtualAddress, subnet, family)) {
    return [
      mistake(path, virtualAddress, `must lie in the subnet ${subnet}`, 'Choose a free address inside it'),
    ];
  }
  const user = usedAddresses(facts).find(({ address }) => normalized(address) === normalized(virtualAddress));
  return user === undefined
    ? []
    : [
        mistake(
          path,
          virtualAddress,
          `must be free, but ${user.path} has it`,
          'Choose an address that no machine has; the control planes hand it to each other',
        ),
      ];
}

function checkShared(facts: HomeFacts): Problem[] {
  const several = controlPlanesOf(facts).length > 1;
  return several && facts.cluster.endpoint === undefined
    ? [
        mistake(
          'cluster.virtualAddress',
          undefined,
          'must be there when there are several control planes',
          'Choose a free address of the subnet, or name a load balancer in cluster.endpoint',
        ),
      ]
    : [];
}

function checkEndpoint(facts: HomeFacts): Problem[] {
  const { endpoint, virtualAddress } = facts.cluster;
  if (endpoint === undefined) return [];
  const path = 'cluster.endpoint';
  if (!formats.endpoint(endpoint)) return [];
  const hostname = new URL(endpoint).hostname.replace(/^\[(.*)\]$/, '$1');
  const isName = !isAddress(hostname, 'v4') && !isAddress(hostname, 'v6');
  const own = [
    virtualAddress,
    ...controlPlanesOf(facts).flatMap(({ addresses }) => Object.values(addresses)),
  ];
  return isName ||
    own.some((address) => address !== undefined && normalized(String(address)) === normalized(hostname))
    ? []
    : [
        mistake(
          path,
          endpoint,
          'must be an address that a control plane has',
          'Leave it out, or write the virtual address, a control plane’s address, or the name of a load balancer',
        ),
      ];
}

function checkRoomForPods({ cluster, network }: HomeFacts): Problem[] {
  return cluster.allowSchedulingOnControlPlanes || network.nodes.some((node) => node.role === 'worker')
    ? []
    : [
        mistake(
          'cluster.allowSchedulingOnControlPlanes',
          false,
          'must be true while there is no worker',
          'Without it no pod finds a node to run on',
        ),
      ];
}

/** Wiping the last control plane wipes etcd, and with it everything that Kubernetes knows. */
function checkReset(facts: HomeFacts): Problem[] {
  const [only, ...others] = controlPlanesOf(facts);
  if (only?.resetOnDestroy !== true || others.length > 0) return [];
  return [
    mistake(
      `network.nodes[${facts.network.nodes.indexOf(only)}].resetOnDestroy`,
      true,
      'must not be set on the only control plane',
      'Take it out; `npm run talos -- reset NODE` wipes a disk on purpose',
    ),
  ];
}
