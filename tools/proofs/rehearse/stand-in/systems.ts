import { type Wire, type WireObject, isList, isObject } from './message-pack';
import { isNamespaced } from './resources';
import { Refusal } from './trouble';
import type { World } from './world';

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
  return world.clusterRuns() && kinds.some((type) => world.find(type, 'apps/gotify'));
}

/** Refuses what a system would not do in its present state. */
export function demand(
  world: World,
  verb: 'create' | 'update' | 'delete',
  type: string,
  key: string,
  object: WireObject,
): void {
  if (verb === 'delete') return;
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
  const machine = world.machine(node);
  if (!machine)
    throw new Refusal('Error bootstrapping node', `${node} is in maintenance mode and has no configuration`);
  if (world.hasMember()) {
    throw new Refusal(
      'Error bootstrapping node',
      'etcd data directory is not empty: the cluster has members already',
    );
  }
}

/** What follows in the world from a change that was made. */
export function follow(
  world: World,
  verb: 'create' | 'update' | 'delete',
  type: string,
  object: WireObject,
  config: WireObject,
): void {
  const node = String(object['node']);
  if (type === 'talos_machine_configuration_apply') {
    if (verb !== 'delete')
      return configure(
        world,
        node,
        String(config['machine_configuration_input'] ?? config['machine_configuration_input_wo']),
      );
    const onDestroy = object['on_destroy'] ?? null;
    if (isObject(onDestroy) && onDestroy['reset'] === true) world.blank(node);
  }
  const machine = world.machine(node);
  if (type === 'talos_machine_bootstrap' && verb === 'create' && machine)
    world.setMachine(node, { ...machine, member: true });
}

function configure(world: World, node: string, configuration: string): void {
  const controlPlane = /"machine_type":"controlplane"|type: controlplane/.test(configuration);
  const member = world.machine(node)?.member ?? (controlPlane && world.hasMember());
  world.setMachine(node, { configuration, controlPlane, member });
}

/** The first element of a block, or an empty object. */
export function first(value: Wire | undefined): WireObject {
  const [element] = isList(value) ? value : [value];
  return isObject(element) ? element : {};
}
