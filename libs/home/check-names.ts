import { type Members, type Problem, checkMembers } from '@home/terraform';
import type { HomeFacts, NodeFacts } from './home-facts';
import { factsFile } from './mistake';

/** The names of all facts. */
export const factNames: Members<HomeFacts> = {
  cluster: 'must',
  domain: 'must',
  hostmaster: 'must',
  timezone: 'must',
  network: 'must',
  versions: 'must',
  images: 'must',
  memoryRequests: 'must',
  nas: 'must',
  replication: 'must',
  onePassword: 'must',
  healthchecks: 'must',
  terraform: 'must',
};

const nodeNames: Members<NodeFacts> = {
  name: 'must',
  role: 'must',
  hardware: 'must',
  interface: 'must',
  installDisk: 'must',
  addresses: 'must',
  memoryForPods: 'must',
  labels: 'may',
  taints: 'may',
  resetOnDestroy: 'may',
};

/** Finds facts that are missing or misspelt, for whoever edits them without a compiler at hand. */
export function checkNames(facts: HomeFacts): Problem[] {
  const check = <T extends object>(path: string, given: T | undefined, members: Members<T>): Problem[] =>
    checkMembers(factsFile, path, given, members);
  return [
    ...check('', facts, factNames),
    ...check('cluster', facts.cluster, {
      name: 'must',
      virtualAddress: 'may',
      endpoint: 'may',
      allowSchedulingOnControlPlanes: 'must',
      podSubnets: 'may',
      serviceSubnets: 'may',
    }),
    ...check('network', facts.network, {
      subnets: 'must',
      gateways: 'must',
      nameservers: 'must',
      timeServers: 'may',
      nodes: 'must',
    }),
    ...(facts.network?.nodes ?? []).flatMap((node, index) =>
      check(`network.nodes[${index}]`, node, nodeNames),
    ),
    ...check('versions', facts.versions, {
      talosContract: 'must',
      talosInstaller: 'must',
      kubernetes: 'must',
    }),
    ...check('images', facts.images, { litestream: 'must', replicaVerify: 'must' }),
    ...check('memoryRequests', facts.memoryRequests, { litestream: 'must' }),
    ...check('nas', facts.nas, { address: 'must', s3: 'must' }),
    ...check('replication', facts.replication, { firstDeploy: 'must', verifySchedule: 'must' }),
    ...check('healthchecks', facts.healthchecks, {
      graceSeconds: 'must',
      channel: 'must',
      tags: 'must',
      timezone: 'must',
    }),
    ...check('terraform', facts.terraform, { binary: 'must', backend: 'must', stateEncryption: 'must' }),
  ];
}
