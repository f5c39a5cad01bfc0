import type { House } from '../house/house';
import { scene } from '../story';
import { inventoryOf } from './inventory';
import { first } from '../stand-in/resources';
import { type App, statefulApps } from './apps-of-the-home';
import { changesIn } from './planned';

const statefulSet = 'kubernetes_stateful_set_v1';
const deployment = 'kubernetes_deployment_v1';

/** An app, and where its Deployment lies: once, all apps lay in the namespace of the first one. */
type FormerApp = App & { readonly formerKey: string };

function formerApps(house: House): FormerApp[] {
  const apps = statefulApps(house);
  const [place] = apps.map(({ key }) => key.split('/')[0]);
  return apps.map((app) => ({ ...app, formerKey: `${place}/${app.key.split('/')[1]}` }));
}

/** As the home runs before: its apps are Deployments, and no state knows of anything after the cluster. */
function before(house: House, apps: readonly FormerApp[]): void {
  const { world } = house;
  for (const { key, formerKey } of apps) {
    const set = world.find(statefulSet, key);
    if (!set) continue;
    world.vanish(statefulSet, key);
    const { service_name: _, ...spec } = first(set.value['spec']);
    const [namespace = ''] = formerKey.split('/');
    const metadata = [{ ...first(set.value['metadata']), namespace }];
    const value = { ...set.value, metadata, spec: [{ ...spec, replicas: '1' }] };
    world.put(deployment, formerKey, { value, secrets: {} });
  }
  for (const stack of house.stacks().filter((name) => name !== 'cluster'))
    house.remove(`.state/${stack}.tfstate`);
}

/** The former pods have been told to stop and take their time. */
function linger(house: House, apps: readonly FormerApp[]): void {
  const pods = apps.map(({ formerKey }) => {
    const [namespace = '', name = ''] = formerKey.split('/');
    const template = first(first(house.world.find(deployment, formerKey)?.value['spec'])['template']);
    const labels = first(template['metadata'])['labels'] as Record<string, string>;
    return { namespace, name: `${name}-former`, labels, owner: 'Deployment' };
  });
  house.world.pods = pods;
}

export default scene(
  'A home that runs already is adopted, with never two writers',
  { seconds: 80 },
  async (stage) => {
    const { house, runs, holds, equals, tell } = stage;
    const { world } = house;
    const apps = formerApps(house);
    before(house, apps);
    const objects = inventoryOf(world).length;

    await runs(house.npm('adopt', 'platform'));
    const platform = await runs(house.npm('plan', 'platform', '--json'), 2);
    holds(
      'everything of the platform is taken over, nothing is made, replaced or destroyed',
      changesIn(platform).every((one) => one.startsWith('import ')),
      platform.output,
    );
    await runs(house.npm('apply', 'platform', '--yes'));
    holds(
      'the file of imports goes when the state has them all',
      !house.has('terraform/platform/_adopt.tf.json'),
    );

    await runs(house.npm('adopt', 'workloads'));
    await runs(house.npm('plan', 'workloads'), 2);
    await runs(house.npm('apply', 'workloads', '--yes'));
    equals(
      'the first step stops the former Deployments and makes no StatefulSet',
      {
        running: apps
          .filter(
            ({ formerKey }) => first(world.find(deployment, formerKey)?.value['spec'])['replicas'] !== '0',
          )
          .map(({ name }) => name),
        made: Object.keys(world.all(statefulSet)),
      },
      { running: [], made: [] },
    );

    tell('The former pods still write when somebody goes on too early.');
    linger(house, apps);
    const deeds = world.deeds.length;
    await runs(house.npm('adopt', 'workloads'));
    const early = await runs(house.npm('plan', 'workloads'), 1);
    holds(
      'an early second step says why it waits',
      /Pods of the former Deployment .* are still there/.test(early.all),
      early.all,
    );
    equals('and changes nothing', world.deeds.length, deeds);

    world.pods = [];
    await runs(house.npm('plan', 'workloads'), 2);
    await runs(house.npm('apply', 'workloads', '--yes'));
    equals(
      'the second step puts a StatefulSet in the place of each Deployment',
      {
        sets: Object.keys(world.all(statefulSet)).sort(),
        left: apps.filter(({ formerKey }) => world.find(deployment, formerKey)).map(({ name }) => name),
      },
      { sets: apps.map(({ key }) => key).sort(), left: [] },
    );

    const integrations = await runs(house.npm('adopt', 'integrations'));
    holds(
      'what cannot be imported is listed with what happens instead',
      /gotify_client\.\S+ cannot be adopted: it is created/.test(integrations.all),
      integrations.all,
    );
    await runs(house.npm('deploy', '--yes'));
    await runs(house.npm('plan'));
    const gotify = world.deeds.filter(
      ({ verb, type }) => verb === 'create' && type.startsWith('gotify_') && type !== 'gotify_plugin',
    );
    equals('nothing else in the world came or went', inventoryOf(world).length, objects + gotify.length);
  },
);
