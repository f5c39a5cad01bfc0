import { scene } from '../story';
import { deedsIn } from './planned';

const bucket = 'minio_s3_bucket.keepsakes';

const workload = `import { resource } from '@home/providers';

export default resource('minio_s3_bucket', 'keepsakes', { bucket: 'keepsakes' });
`;

export default scene(
  'What is precious is not destroyed by accident',
  { providers: 'any', seconds: 25 },
  async ({ house, runs, holds, equals }) => {
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
  },
);
