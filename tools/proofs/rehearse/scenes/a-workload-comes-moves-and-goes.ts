import { scene } from '../story';
import { first } from '../stand-in/resources';
import { changesIn, deedsIn } from './planned';

const file = 'apps/workloads/rehearsed/main.ts';

const workload = (label: string, formerly = '') => `import { webApp } from '@home/kubernetes';
import { apps } from '@home/platform/namespaces';
import { resource } from '@home/providers';

const app = webApp('rehearsed', { namespace: apps, image: 'example.org/rehearsed:1.0.0', port: 80, host: 'rehearsed', memory: '1Mi' });

export default [
  app.blocks,
  resource('kubernetes_config_map_v1', '${label}', { metadata: { name: 'rehearsed', namespace: apps }, data: { a: 'b' }${formerly} }),
];
`;

const own = [
  'kubernetes_config_map_v1.remarks',
  'kubernetes_deployment_v1.rehearsed',
  'kubernetes_ingress_v1.rehearsed',
  'kubernetes_service_v1.rehearsed',
];

export default scene(
  'A workload comes, takes another address and goes',
  { providers: 'any', seconds: 35 },
  async ({ house, runs, equals, holds }) => {
    const change = async () => {
      await runs(house.npm('generate'));
      const plan = await runs(house.npm('plan', 'workloads', '--json'), 2);
      await runs(house.npm('apply', 'workloads', '--yes'));
      return changesIn(plan);
    };
    const identity = (label: string) =>
      first(house.state('workloads')[`kubernetes_config_map_v1.${label}`]?.['metadata'])['uid'];
    house.write(file, workload('notes'));
    equals(
      'a new folder brings what it describes, and nothing else',
      await change(),
      own.map((one) => `add ${one}`.replace('remarks', 'notes')),
    );

    const made = identity('notes');
    house.write(file, workload('remarks', ", formerly: 'notes'"));
    equals('a new label moves an address', await change(), ['move kubernetes_config_map_v1.remarks']);
    equals('and leaves the object alone', identity('remarks'), made);

    house.commit();
    house.remove('apps/workloads/rehearsed');
    await runs(house.npm('generate'));
    holds('the file of a folder that is gone goes too', !house.has('terraform/workloads/rehearsed.tf.json'));
    const plan = await runs(house.npm('plan', 'workloads'), 2);
    holds('the plan says by workload what disappears', /\n {2}rehearsed\n/.test(plan.output), plan.output);
    const apply = await runs(house.npm('apply', 'workloads', '--yes'));
    equals(
      'exactly its resources go',
      deedsIn(apply),
      own.map((one) => `${one} destroyed`),
    );
  },
);
