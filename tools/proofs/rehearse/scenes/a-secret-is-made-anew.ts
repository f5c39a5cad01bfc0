import type { House } from '../house/house';
import { type Story, scene } from '../story';

const secret = 'apps/litestream-configuration';

/** The two ends of the credential of the replicas, as the systems hold them. */
function ends({ world }: House): { user: unknown; pods: unknown } {
  const [user] = Object.values(world.all('minio_iam_user'));
  const pods = world.find('kubernetes_secret_v1', secret)?.secrets['data_wo'];
  return { user: user?.secrets['secret_wo'], pods: Object(pods)['LITESTREAM_SECRET_ACCESS_KEY'] };
}

export default scene(
  'A secret is replaced, and both of its ends agree',
  { short: true, needs: ['platform', 'minio'], seconds: 45 },
  async (stage) => {
    const { house, runs, holds, tell } = stage;
    const { world, trouble } = house;
    const first = ends(house);
    const deploy = () => runs(house.npm('deploy', '--yes', '--until=platform'));
    agree(stage, 'after the first deploy');

    await runs(house.npm('secrets', 'rotate', 'replication'));
    tell('One end is written, the other is not: the connection breaks.');
    trouble.make({ type: 'kubernetes_secret_v1', key: secret, steps: ['update'] }, { kind: 'unreachable' });
    await runs(house.npm('deploy', '--yes', '--until=platform'), 1);
    await deploy();
    agree(stage, 'after a rotation that was interrupted');
    holds('on another secret than before', ends(house).user !== first.user);

    world.vanish('kubernetes_secret_v1', secret);
    await deploy();
    agree(stage, 'after the Secret was deleted');

    for (const user of Object.keys(world.all('minio_iam_user'))) world.vanish('minio_iam_user', user);
    await deploy();
    agree(stage, 'after the user was deleted');
  },
);

function agree({ house, holds }: Story, when: string): void {
  const { user, pods } = ends(house);
  holds(`both ends agree ${when}`, typeof user === 'string' && user === pods);
}
