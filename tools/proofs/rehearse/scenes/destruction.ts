import type { House } from '../house/house';
import { scene } from '../story';
import { inventoryOf, inventoryOfStates } from './inventory';
import { deedsIn } from './planned';

const bucket = 'minio_s3_bucket.keepsakes';

const workload = `import { resource } from '@home/providers';

export default resource('minio_s3_bucket', 'keepsakes', { bucket: 'keepsakes' });
`;

export const precious = scene(
  'What is precious is not destroyed by accident',
  { providers: 'any', needs: ['platform', 'minio'], seconds: 40 },
  async ({ house, runs, holds, equals, tell }) => {
    house.write('apps/platform/keepsakes/main.ts', workload);
    await runs(house.npm('generate'));
    await runs(house.npm('plan', 'platform'), 2);
    await runs(house.npm('apply', 'platform', '--yes'));
    house.remove('apps/platform/keepsakes');
    await runs(house.npm('generate'));

    const plan = await runs(house.npm('plan', 'platform'), 1);
    holds(
      'a bucket whose description is gone is still protected, and the refusal names it',
      plan.all.includes(bucket) && plan.all.includes(`--allow-destroy='${bucket}'`),
      plan.all,
    );
    const apply = await runs(house.npm('apply', 'platform', '--yes'), 1);
    holds('so there is no plan that could be applied', deedsIn(apply).length === 0, apply.all);

    await runs(house.npm('plan', 'platform', `--allow-destroy=${bucket}`), 2);
    const allowed = await runs(house.npm('apply', 'platform', '--yes'));
    equals('it goes when its owner names it', deedsIn(allowed), [`${bucket} destroyed`]);

    tell('The cluster was made with an older contract than the facts say now.');
    house.edit('.state/cluster.tfstate', /"talos_version": "v1\.\d+"/g, '"talos_version": "v1.6"');
    const raised = await runs(house.npm('plan', 'cluster'), 1);
    const [consent = ''] = /--allow-contract=v1\.\d+/.exec(raised.all) ?? [];
    holds('a running cluster keeps its contract', consent !== '' && raised.all.includes('v1.6'), raised.all);
    await runs(house.npm('plan', 'cluster', consent), 2);
    const consented = await runs(house.npm('apply', 'cluster', '--yes'));
    holds(
      'it is raised when its owner names the new one',
      deedsIn(consented).includes('talos_machine_secrets.cluster changed'),
      consented.all,
    );
  },
);

const typesIn = (house: House): string[] => [
  ...new Set(inventoryOfStates(house).map((one) => one.split(' ')[0] ?? '')),
];

/** The types of all that a home must not lose. */
const lasting = [
  'kubernetes_namespace_v1',
  'kubernetes_persistent_volume_claim_v1',
  'kubernetes_persistent_volume_v1',
  'minio_iam_user',
  'minio_s3_bucket',
];

export const destroyed = scene(
  'Everything is destroyed, and what is precious stays',
  { providers: 'any', seconds: 25 },
  async ({ house, runs, holds, equals }) => {
    const refused = await runs(house.npm('destroy'), 1);
    holds('destroy wants to know what', /--all/.test(refused.all), refused.all);
    const early = await runs(house.npm('destroy', 'platform', '--yes'), 1);
    holds(
      'a stack that others stand on is not destroyed',
      /is needed by \w+, which still holds/.test(early.all),
      early.all,
    );

    const had = typesIn(house);
    const gone = await runs(house.npm('destroy', '--all', '--yes'));
    const kept = inventoryOfStates(house);
    equals(
      'nothing is left but the replicas, how one reaches them, the files on the share, and the namespaces',
      typesIn(house),
      had.filter((type) => lasting.includes(type)),
    );
    if (!house.isReal) equals('in the world as in the states', inventoryOf(house.world), kept);
    const addresses = house.stacks().flatMap((stack) => Object.keys(house.state(stack)));
    equals(
      'it says what stays',
      addresses.filter((address) => !gone.all.includes(`${address} stays`)),
      [],
    );
    holds(
      'the identity of the cluster is still in the state',
      'talos_machine_secrets.cluster' in house.state('cluster'),
    );

    await runs(
      house.npm('destroy', '--all', '--yes', ...addresses.map((address) => `--allow-destroy=${address}`)),
    );
    equals('until its owner names that too', inventoryOfStates(house), []);
  },
);
