import { data, resource } from '@home/providers';
import { type Block, formatProblem } from '@home/terraform';
import { type MachinePatch, patchText } from './machine-patches';
import { rules } from './rules';

const owner = { stack: 'cluster', workload: 'machines', where: 'talos/machines' };

function machineWith(...patches: (MachinePatch | string)[]): Block {
  const certificate = { cert: '', key: '' };
  return data('talos_machine_configuration', 'pi', {
    cluster_name: 'home',
    cluster_endpoint: 'https://192.168.107.3:6443',
    machine_type: 'controlplane',
    machine_secrets: {
      cluster: { id: '', secret: '' },
      secrets: { bootstrap_token: '', secretbox_encryption_secret: '' },
      trustdinfo: { token: '' },
      certs: {
        etcd: certificate,
        k8s: certificate,
        k8s_aggregator: certificate,
        k8s_serviceaccount: { key: '' },
        os: certificate,
      },
    },
    config_patches: patches.map((patch) => (typeof patch === 'string' ? patch : patchText(patch))),
  });
}

const client_configuration = { ca_certificate: '', client_certificate: '', client_key: '' };
const bootstrap = (label: string, node: string) =>
  resource('talos_machine_bootstrap', label, { node, client_configuration });
const apply = (node: string) =>
  resource('talos_machine_configuration_apply', 'pi', {
    node,
    client_configuration,
    machine_configuration_input: '',
  });

const check = (...blocks: Block[]): string[] =>
  rules.flatMap((rule) => rule(blocks.map((block) => ({ owner, block })))).map(formatProblem);

it.each<[string, Block[]]>([
  [
    'a machine with documents of its own',
    [
      machineWith(
        { machine: { install: { disk: '/dev/sda' } } },
        { apiVersion: 'v1alpha1', kind: 'HostnameConfig', hostname: 'pi', auto: 'off' },
        { delete: ['machine', 'features', 'stableHostname'] },
      ),
    ],
  ],
  ['one bootstrap on a machine of the home', [apply('192.168.107.3'), bootstrap('cluster', '192.168.107.3')]],
])('accepts %s', (_, blocks) => {
  expect(check(...blocks)).toEqual([]);
});

const at = 'talos/machines: data.talos_machine_configuration.pi: config_patches[0]';

it.each<[string, Block[], string[]]>([
  [
    'a setting that Talos does not know',
    // @ts-expect-error the compiler knows it too
    [machineWith({ machine: { install: { disc: '/dev/sda' } } })],
    [
      `${at}: MainConfig: machine.install must not have "disc", which Talos does not know. Talos 1.13 documents it: https://docs.siderolabs.com/talos/v1.13/reference/configuration/.`,
    ],
  ],
  [
    'a value of another type',
    // @ts-expect-error the compiler knows it too
    [machineWith({ cluster: { allowSchedulingOnControlPlanes: 'yes' } })],
    [
      `${at}: MainConfig: cluster.allowSchedulingOnControlPlanes must be boolean. Talos 1.13 documents it: https://docs.siderolabs.com/talos/v1.13/reference/configuration/.`,
    ],
  ],
  [
    'a document that the home does not record',
    [machineWith('kind: WatchdogTimerConfig\napiVersion: v1alpha1\n')],
    [
      `${at}: kind "WatchdogTimerConfig" must be one of MainConfig, HostnameConfig, Layer2VIPConfig, LinkAliasConfig, LinkConfig, ResolverConfig, TimeSyncConfig. Add it to libs/providers/machine-config-manifest.ts and run \`npm run sync-schemas\`.`,
    ],
  ],
  [
    'a text that is no patch',
    [machineWith('- a\n- b\n')],
    [`${at}: must be a YAML mapping. Write a typed patch instead of a text.`],
  ],
  [
    'network settings in both styles',
    [
      machineWith('machine:\n  network:\n    hostname: pi\n', {
        apiVersion: 'v1alpha1',
        kind: 'HostnameConfig',
        hostname: 'pi',
        auto: 'off',
      }),
    ],
    [
      `${at}: machine.network must not be set, since HostnameConfig, LinkConfig, LinkAliasConfig, ResolverConfig, Layer2VIPConfig took its place. Use HostnameConfig; talos/README.md tells how to bring a machine of Talos 1.7 there.`,
    ],
  ],
  [
    'a static hostname beside a made-up one',
    [machineWith({ apiVersion: 'v1alpha1', kind: 'HostnameConfig', hostname: 'pi' })],
    [
      `${at}: HostnameConfig with the hostname "pi" must have auto: off. Add auto: 'off'; Talos refuses a machine that has both.`,
    ],
  ],
  [
    'two bootstraps',
    [apply('192.168.107.3'), bootstrap('cluster', '192.168.107.3'), bootstrap('again', '192.168.107.3')],
    [
      'talos/machines: talos_machine_bootstrap.again: must be the only bootstrap of the home, but there is talos_machine_bootstrap.cluster. Take one of the two out: control planes join the cluster by themselves.',
    ],
  ],
  [
    'the bootstrap of a stranger',
    [apply('192.168.107.3'), bootstrap('cluster', '192.168.107.9')],
    [
      'talos/machines: talos_machine_bootstrap.cluster: node "192.168.107.9" must be a machine of the home. Bootstrap home.firstControlPlane.',
    ],
  ],
])('refuses %s', (_, blocks, messages) => {
  expect(check(...blocks)).toEqual(messages);
});
