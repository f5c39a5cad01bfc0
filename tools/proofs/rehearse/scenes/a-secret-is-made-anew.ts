import type { House } from '../house/house';
import { scene } from '../story';

/** Where pods find the credential of the replicas: the first of the namespaces that have it. */
const secretOf = ({ world }: House): string =>
  Object.keys(world.all('kubernetes_secret_v1')).find((key) => key.endsWith('/litestream-configuration')) ??
  '';

/** The two ends of that credential, as the systems hold them. */
function ends({ world }: House, secret: string): { user: unknown; pods: unknown } {
  const [user] = Object.values(world.all('minio_iam_user'));
  const pods = world.find('kubernetes_secret_v1', secret)?.secrets['data_wo'];
  return { user: user?.secrets['secret_wo'], pods: Object(pods)['LITESTREAM_SECRET_ACCESS_KEY'] };
}

export default scene(
  'A secret is replaced, and both of its ends agree',
  { short: true, needs: ['platform', 'minio'], seconds: 45 },
  async ({ house, runs, holds, tell }) => {
    const { world, trouble } = house;
    const secret = secretOf(house);
    const first = ends(house, secret);
    const agree = (when: string): void => {
      const { user, pods } = ends(house, secret);
      holds(`both ends agree ${when}`, typeof user === 'string' && user === pods);
    };
    const deploy = () => runs(house.npm('deploy', '--yes', '--until=platform'));
    agree('after the first deploy');

    await runs(house.npm('secrets', 'rotate', 'replication'));
    tell('One end is written, the other is not: the connection breaks.');
    trouble.make({ type: 'kubernetes_secret_v1', key: secret, steps: ['update'] }, { kind: 'unreachable' });
    await runs(house.npm('deploy', '--yes', '--until=platform'), 1);
    await deploy();
    agree('after a rotation that was interrupted');
    holds('on another secret than before', ends(house, secret).user !== first.user);

    world.vanish('kubernetes_secret_v1', secret);
    await deploy();
    agree('after the Secret was deleted');

    for (const user of Object.keys(world.all('minio_iam_user'))) world.vanish('minio_iam_user', user);
    await deploy();
    agree('after the user was deleted');
  },
);
