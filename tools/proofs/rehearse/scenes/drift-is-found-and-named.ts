import { scene } from '../story';
import { anApp } from './apps-of-the-home';

export default scene(
  'Drift is found, named, and mended',
  { short: true, seconds: 20 },
  async ({ house, runs, holds, equals }) => {
    const { world } = house;
    await runs(house.npm('drift', 'workloads'));
    const app = anApp(house);
    const image = 'spec.0.template.0.spec.0.container.0.image';
    world.change('kubernetes_stateful_set_v1', app.key, image, 'example.org/other:1.0.0');
    // What the cluster fills in by itself is nobody's drift.
    world.change('kubernetes_stateful_set_v1', app.key, 'metadata.0.resource_version', '1');
    world.change('kubernetes_stateful_set_v1', app.key, 'metadata.0.generation', 7);
    world.vanish('kubernetes_service_v1', app.key);

    const drift = await runs(house.npm('drift', 'workloads', '--json'), 2);
    const { drifted } = JSON.parse(drift.output) as Drift;
    equals(
      'what was changed and what is gone is named by workload and argument, and nothing else',
      drifted.map(said).sort(),
      [
        `${app.name} kubernetes_service_v1.${app.name} is gone`,
        `${app.name} ${app.address} spec[0].template[0].spec[0].container[0].image`,
      ],
    );
    const summary = await runs(house.npm('drift', 'workloads', '--summary=-'), 2);
    holds(
      'a scheduled job gets it as a table',
      summary.output.includes(`| ${app.name} |`) && summary.output.includes('### workloads'),
      summary.output,
    );
    const before = world.deeds.length;
    await runs(house.npm('deploy', '--yes', '--until=workloads'));
    equals(
      'a deploy mends just that',
      world.deeds
        .slice(before)
        .map(({ verb, type }) => `${verb} ${type}`)
        .sort(),
      ['create kubernetes_service_v1', 'update kubernetes_stateful_set_v1'],
    );
    await runs(house.npm('drift', 'workloads'));
  },
);

interface Drift {
  readonly drifted: readonly {
    readonly address: string;
    readonly workload: string;
    readonly vanished: boolean;
    readonly arguments: readonly { readonly path: string }[];
  }[];
}

const said = ({ workload, address, vanished, arguments: changed }: Drift['drifted'][number]): string =>
  `${workload} ${address} ${vanished ? 'is gone' : changed.map(({ path }) => path).join(', ')}`;
