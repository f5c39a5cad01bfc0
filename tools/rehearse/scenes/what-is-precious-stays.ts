import { scene } from '../scene';

const bucket = 'minio_s3_bucket.keepsakes';

const workload = `import { resource } from '@home/providers';

export default resource('minio_s3_bucket', 'keepsakes', { bucket: 'keepsakes' });
`;

export default scene(
  'What is precious is not destroyed by accident',
  { seconds: 35 },
  async ({ house, runs, holds }) => {
    house.write('apps/platform/keepsakes/main.ts', workload);
    await runs(house.npm('generate'));
    await runs(house.npm('deploy', '--yes', '--until=platform'));
    house.remove('apps/platform/keepsakes');
    await runs(house.npm('generate'));

    const plan = await runs(house.npm('plan', 'platform'), 1);
    holds(
      'a bucket whose description is gone is still protected, and the refusal names it',
      plan.all.includes(bucket) && plan.all.includes(`--allow-destroy='${bucket}'`),
      plan.all,
    );
    const deploy = await runs(house.npm('deploy', '--yes', '--until=platform'), 1);
    holds(
      '--yes alone does not destroy it either',
      deploy.all.includes(bucket) && house.world.find('minio_s3_bucket', 'keepsakes') !== undefined,
      deploy.all,
    );

    await runs(house.npm('plan', 'platform', `--allow-destroy=${bucket}`), 2);
    await runs(house.npm('apply', 'platform', '--yes'));
    holds('it goes when its owner names it', house.world.find('minio_s3_bucket', 'keepsakes') === undefined);
  },
);
