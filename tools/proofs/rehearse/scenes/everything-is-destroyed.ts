import { scene } from '../story';
import { inventoryOf, inventoryOfStates } from './inventory';

export default scene(
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

    const gone = await runs(house.npm('destroy', '--all', '--yes'));
    const kept = inventoryOfStates(house);
    equals(
      'nothing is left but the replicas, how one reaches them, and the namespaces',
      [...new Set(kept.map((one) => one.split(' ')[0]))],
      ['kubernetes_namespace_v1', 'minio_iam_user', 'minio_s3_bucket'],
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
