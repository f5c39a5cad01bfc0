import { scene } from '../scene';
import { inventoryOf } from './inventory';

export default scene(
  'Everything is destroyed, and what is precious stays',
  { seconds: 25 },
  async ({ house, runs, holds, equals }) => {
    const { world } = house;
    const refused = await runs(house.npm('destroy'), 1);
    holds('destroy wants to know what', /--all/.test(refused.all), refused.all);
    const early = await runs(house.npm('destroy', 'platform', '--yes'), 1);
    holds(
      'a stack that others stand on is not destroyed',
      /is needed by \w+, which still holds/.test(early.all),
      early.all,
    );

    const gone = await runs(house.npm('destroy', '--all', '--yes'));
    const kept = inventoryOf(world);
    equals(
      'nothing is left but the replicas and how one reaches them, and the namespaces',
      [...new Set(kept.map((one) => one.split(' ')[0]))],
      ['kubernetes_namespace_v1', 'minio_iam_user', 'minio_s3_bucket'],
    );
    holds(
      'it says what stays and why',
      kept.every((one) => !one.startsWith('minio') || gone.all.includes('stays')),
      gone.all,
    );
    holds(
      'the identity of the cluster is still in the state',
      'talos_machine_secrets.cluster' in house.state('cluster'),
    );
  },
);
