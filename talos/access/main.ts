// The cluster is started once, and then lets its owner in.
import { machines } from '@home/cluster/machines';
import { secrets } from '@home/cluster/secrets';
import { addressOf, home } from '@home/home';
import { data, resource } from '@home/providers';
import { bootImage } from '@home/talos';
import { output } from '@home/terraform';

const controlPlanes = home.machines.filter(({ role }) => role === 'controlplane');
const first = home.firstControlPlane;
const client_configuration = secrets.ref.client_configuration;

// etcd begins on one machine, and the other control planes join it.
const bootstrap = resource('talos_machine_bootstrap', 'cluster', {
  node: first,
  client_configuration,
  // A machine that has just got its configuration first installs itself, on an SD card at its leisure.
  timeouts: { create: '20m' },
  depends_on: machines.filter(({ node }) => addressOf(node) === first).map(({ blocks }) => blocks[1]),
});

const kubeconfig = resource('talos_cluster_kubeconfig', 'cluster', {
  node: first,
  client_configuration,
  depends_on: [bootstrap],
});

const talosconfig = data('talos_client_configuration', 'cluster', {
  cluster_name: home.cluster.name,
  client_configuration,
  endpoints: controlPlanes.map(addressOf),
  nodes: home.machines.map(addressOf),
});

// No other stack reads these; `npm run deploy` and `npm run talos -- kubeconfig` put them into files for their owner.
const outputs = [
  output('kubeconfig', kubeconfig.ref.kubeconfig_raw, { sensitive: true }),
  output('talosconfig', talosconfig.ref.talos_config, { sensitive: true }),
  output(
    'images',
    Object.fromEntries(
      home.machines.map((node) => [node.name, bootImage(node, home.versions.talosInstaller)]),
    ),
    {
      description: 'What each machine boots from while it is blank; `npm run talos -- flash NODE` says how.',
    },
  ),
];

export default [bootstrap, kubeconfig, talosconfig, outputs];
