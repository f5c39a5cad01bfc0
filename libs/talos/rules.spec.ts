import { type KubeletSettings, data, resource } from '@home/providers';
import { type Block, type Expression, formatProblem, isExpression, jsonencode, raw } from '@home/terraform';
import { kubeletSettings } from './kubelet';
import { type MachinePatch, patchText } from './machine-patches';
import { rules } from './rules';

const owner = { stack: 'cluster', workload: 'machines', where: 'talos/machines' };

const kubelet = (extraConfig: KubeletSettings): MachinePatch => ({ machine: { kubelet: { extraConfig } } });

function machineWith(...patches: (MachinePatch | string | Expression<string>)[]): Block {
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
    config_patches: patches.map((patch) =>
      typeof patch === 'string' || isExpression(patch) ? patch : patchText(patch),
    ),
  });
}

const client_configuration = { ca_certificate: '', client_certificate: '', client_key: '' };
const bootstrap = (label: string, node: string | Expression<string>) =>
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
  ['the home’s own settings of the kubelet', [machineWith(kubelet(kubeletSettings))]],
  [
    'a longer time for pods, in a patch of its own',
    [machineWith(kubelet(kubeletSettings), kubelet({ shutdownGracePeriod: '2m' }))],
  ],
  [
    'what only Terraform knows of the kubelet',
    [machineWith(kubelet({ shutdownGracePeriod: '30s' }), raw<string>('var.patch'))],
  ],
  ['one bootstrap on a machine of the home', [apply('192.168.107.3'), bootstrap('cluster', '192.168.107.3')]],
])('accepts %s', (_, blocks) => {
  expect(check(...blocks)).toEqual([]);
});

const at = 'talos/machines: data.talos_machine_configuration.pi: config_patches[0]';
const settings = 'talos/machines: data.talos_machine_configuration.pi: machine.kubelet.extraConfig';
const leaveIt = 'Leave it to libs/talos/kubelet.ts, which every machine of the home has.';
const documented =
  'Kubernetes documents it: https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/. ' +
  'What is missing there is added there, and `npm run sync-schemas` run.';

it.each<[string, Block[], string[]]>([
  [
    'a setting that Talos does not know',
    // @ts-expect-error the compiler knows it too
    [machineWith({ machine: { install: { disc: '/dev/sda' } } })],
    [
      `${at}: MainConfig: machine.install must not have "disc", which Talos does not know. Did you mean disk? Talos 1.13 documents it: https://docs.siderolabs.com/talos/v1.13/reference/configuration/.`,
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
    [machineWith('kind: HCloudVIPConfig\napiVersion: v1alpha1\n')],
    [
      `${at}: kind "HCloudVIPConfig" must be a known one. libs/providers/machine-config-manifest.ts lists them; add it there, and run \`npm run sync-schemas\`.`,
    ],
  ],
  [
    'a misspelt document',
    [machineWith('kind: VlanConfig\napiVersion: v1alpha1\n')],
    [`${at}: kind "VlanConfig" must be a known one. Did you mean VLANConfig?`],
  ],
  [
    'a misspelt setting of the kubelet, which would not start with it',
    // @ts-expect-error the compiler knows it too
    [machineWith(kubelet(kubeletSettings), kubelet({ shutdownGracePeriode: '80s' }))],
    [
      `${at.replace('0', '1')}: MainConfig: machine.kubelet.extraConfig must not have "shutdownGracePeriode", which libs/providers/machine-config-manifest.ts does not know. Did you mean shutdownGracePeriod? ${documented}`,
    ],
  ],
  [
    'settings of the kubelet that are of another type',
    [
      machineWith(
        // @ts-expect-error the compiler knows it too
        kubelet({ ...kubeletSettings, shutdownGracePeriod: 80, shutdownGracePeriodCriticalPods: '10' }),
      ),
    ],
    [
      `${at}: MainConfig: machine.kubelet.extraConfig.shutdownGracePeriod must be string. ${documented}`,
      `${at}: MainConfig: machine.kubelet.extraConfig.shutdownGracePeriodCriticalPods must be a span of time such as "80s". ${documented}`,
    ],
  ],
  [
    'a kubelet of which pods get what Talos gives them by itself',
    [machineWith({ machine: { kubelet: { nodeIP: { validSubnets: ['192.168.107.0/24'] } } } })],
    [
      `${settings}: shutdownGracePeriod less shutdownGracePeriodCriticalPods must give pods 60 s when their node shuts down, but is 20 s. ${leaveIt}`,
    ],
  ],
  [
    'such a kubelet beside a secret, which is no matter of it',
    [
      machineWith(
        kubelet({ shutdownGracePeriod: '30s', shutdownGracePeriodCriticalPods: '10s' }),
        jsonencode({ kind: 'WireguardConfig', privateKey: raw<string>('var.key') }),
      ),
    ],
    [
      `${settings}: shutdownGracePeriod less shutdownGracePeriodCriticalPods must give pods 60 s when their node shuts down, but is 20 s. ${leaveIt}`,
    ],
  ],
  [
    'a kubelet that Talos does not wait for',
    [machineWith(kubelet({ shutdownGracePeriod: '21m' }))],
    [
      `${settings}: shutdownGracePeriod 21m must be at most 1200 s, which is how long Talos waits. ${leaveIt}`,
    ],
  ],
  [
    'a soft eviction that is not soft, or with which the kubelet would not start',
    [machineWith(kubelet({ shutdownGracePeriod: '80s', evictionSoft: { 'memory.available': '400Mi' } }))],
    [
      `${settings}: evictionMaxPodGracePeriod must give pods 60 s when memory runs short, but is 0. ${leaveIt}`,
      `${settings}: evictionSoftGracePeriod must have memory.available, since evictionSoft has it: the kubelet does not start otherwise. ${leaveIt}`,
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
    'a bootstrap of what only Terraform knows',
    [apply('192.168.107.3'), bootstrap('cluster', raw<string>('var.ip'))],
    [],
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
