import { scene } from '../story';
import { podsOf } from '../stand-in/pods';
import { anApp } from './apps-of-the-home';

export default scene(
  'An app gets another name and keeps its replica, with never two writers',
  { short: true, seconds: 40 },
  async ({ house, runs, holds, equals, tell }) => {
    const { world } = house;
    const app = anApp(house);
    const former = podsOf(world).filter(({ namespace, name }) => `${namespace}/${name}` === `${app.key}-0`);
    const sets = (): string[] => Object.keys(world.all('kubernetes_stateful_set_v1'));
    const others = sets().filter((key) => key !== app.key);
    house.edit(app.file, `webApp('${app.name}'`, `webApp('renamed'`);
    house.edit(app.file, 'database: {', `database: { path: '${app.name}',`);
    await runs(house.npm('generate'));

    const refused = await runs(house.npm('plan', 'workloads'), 1);
    holds(
      'a plan in which the pods of both names would write is refused',
      new RegExp(`would write to \\S+/${app.name} beside StatefulSet ${app.key}`).test(refused.all),
      refused.all,
    );
    await runs(house.npm('adopt', 'workloads'));
    await runs(house.npm('plan', 'workloads'), 2);
    await runs(house.npm('apply', 'workloads', '--yes'));
    equals('the first step ends the old one and does not make the new one', sets(), others);

    tell('The pod of the old name still writes when somebody goes on too early.');
    world.pods = former;
    await runs(house.npm('adopt', 'workloads'));
    const early = await runs(house.npm('plan', 'workloads'), 1);
    holds(
      'an early second step names the pod that it waits for',
      early.all.includes(`beside pod ${app.key}-0, which has not ended`),
      early.all,
    );
    equals('and changes nothing', sets(), others);

    world.pods = [];
    await runs(house.npm('plan', 'workloads'), 2);
    await runs(house.npm('apply', 'workloads', '--yes'));
    const renamed = app.key.replace(/[^/]+$/, 'renamed');
    equals('the second step makes the new one', sets().toSorted(), [...others, renamed].toSorted());
    await runs(house.npm('plan', 'workloads'));
  },
);
