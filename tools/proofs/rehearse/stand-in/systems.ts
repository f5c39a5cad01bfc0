import type { WireObject } from './message-pack';
import { first, isNamespaced } from './resources';
import { Refusal } from './trouble';
import type { Deed, World } from './world';

const builtInNamespaces = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

const refused = (where: string) => new Refusal(`${where}: dial tcp: connect: connection refused`);

/** Refuses what cannot be reached: an API server without a cluster, Gotify's API without a Gotify. */
export function reach(world: World, type: string): void {
  if (type.startsWith('kubernetes_') && !world.clusterRuns()) {
    throw new Refusal(
      'Kubernetes cluster unreachable',
      'Get "https://stand-in:6443/api/v1": dial tcp: connect: connection refused',
    );
  }
  if (type.startsWith('gotify_') && !gotifyRuns(world))
    throw refused('Gotify API Request failed: Get "http://gotify/"');
}

/** Whether Gotify's own pod is there. Its clients and applications are kept in its database and survive it. */
export function gotifyRuns(world: World): boolean {
  if (world.kubeconfig !== undefined) return true;
  const kinds = ['kubernetes_stateful_set_v1', 'kubernetes_deployment_v1'];
  return (
    world.clusterRuns() &&
    kinds.some((type) => Object.keys(world.all(type)).some((key) => key.endsWith('/gotify')))
  );
}

/** Refuses to make or change what a system would not in its present state. */
export function demand(world: World, { verb, type, key }: Deed, object: WireObject): void {
  const namespace = key.slice(0, key.indexOf('/'));
  if (verb === 'create' && isNamespaced(type) && !namespaceExists(world, namespace)) {
    throw new Refusal(`namespaces "${namespace}" not found`);
  }
  if (type === 'talos_machine_bootstrap' && verb === 'create') demandBootstrap(world, String(object['node']));
  if (type === 'talos_cluster_kubeconfig' && !world.clusterRuns()) {
    throw new Refusal('Failed to get kubeconfig', 'the cluster was never bootstrapped');
  }
}

function namespaceExists(world: World, name: string): boolean {
  if (builtInNamespaces.includes(name)) return true;
  return ['kubernetes_namespace_v1', 'kubernetes_namespace'].some((type) => world.find(type, name));
}

function demandBootstrap(world: World, node: string): void {
  if (world.machines[node] === undefined)
    throw new Refusal('Error bootstrapping node', `${node} is in maintenance mode and has no configuration`);
  if (world.hasMember()) {
    throw new Refusal(
      'Error bootstrapping node',
      'etcd data directory is not empty: the cluster has members already',
    );
  }
}

/** Notes that a change was made, and lets the machines follow it. */
export function follow(world: World, deed: Deed, object: WireObject, config: WireObject): void {
  world.deeds.push(deed);
  const { verb, type } = deed;
  const node = String(object['node']);
  const machine = world.machines[node];
  // The other control planes join the one that etcd begins on.
  if (type === 'talos_machine_bootstrap' && verb === 'create')
    for (const [address, one] of Object.entries(world.machines))
      world.machines[address] = { ...one, member: one.controlPlane };
  if (type !== 'talos_machine_configuration_apply') return;
  if (verb === 'delete') {
    if (first(object['on_destroy'])['reset'] === true) world.blank(node);
    return;
  }
  const configuration = String(
    config['machine_configuration_input'] ?? config['machine_configuration_input_wo'],
  );
  const controlPlane = /"machine_type":"controlplane"|type: controlplane/.test(configuration);
  const member = machine?.member ?? (controlPlane && world.hasMember());
  world.machines[node] = { configuration, controlPlane, member };
}
