import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { openTerminal } from '@home/command';
import { withTemporaryFolder } from '@home/files';
import { home } from '@home/home';
import { refuse } from '@home/terraform';
import { systemProgram } from '@life/programs';
import { type Report, type Scene, laneOn, playLanes, runProof } from '../engine';
import { FaultyProxy } from '../data/faulty-proxy';
import { PodAccess } from './cluster';
import { enterCluster, removeNamespace, undoing } from './own-namespaces';
import { makeModule } from './proof-module';
import { lostNode } from './lost-node';
import { type ClusterStage, nextLife, pauseSeconds, scenes as endsOfPods } from './scenes';
import { type Settings, readSettings, usage } from './settings';

const scenes = [...endsOfPods, lostNode];

const generated = join(__dirname, '../../../terraform');

async function prove(
  chosen: readonly Scene<ClusterStage>[],
  settings: Settings,
  store: FaultyProxy,
  folder: string,
  report: Report,
): Promise<void> {
  const { target, rounds, end, loss } = settings;
  const ends = end !== undefined ? '--end' : loss && '--lose';
  await enterCluster(target, generated, ends);
  const namespace = `prove-cluster-${randomBytes(3).toString('hex')}`;
  const module = await makeModule(folder, namespace, settings);
  const reach = (name: string) => new PodAccess({ target, namespace, folder }, name);
  const play = async (): Promise<void> => {
    const { name, apply } = module;
    const shape = { name, replica: 1, first: true, pauseSeconds };
    await apply(shape);
    const pod = reach(name);
    const life = await pod.nextLife();
    // From now on a replica that is not there stops the pod, as everywhere in the home.
    const stage: ClusterStage = {
      ...{ store, apply, reach, rounds, end, loss, pod, life },
      shape: { ...shape, first: false },
    };
    await nextLife(stage, () => apply(stage.shape));
    await playLanes(chosen, 1, () => laneOn(stage), report);
  };
  await undoing(play, module.stop, async () => {
    await removeNamespace(target, namespace);
    openTerminal().say(
      `The namespace ${namespace} is gone; its replica stays at prove-cluster/${namespace}.`,
    );
  });
}

runProof(usage, {
  scenes,
  play(chosen, values, report) {
    const settings = readSettings(values);
    const missing = ['kubectl', home.terraform.binary].filter((name) => systemProgram(name) === undefined);
    if (missing.length > 0) refuse(missing.join(', '), 'must be installed', 'See mise.toml');

    return withTemporaryFolder(async (folder) => {
      const { gate, endpoint } = settings;
      const store = new FaultyProxy(gate.host, gate.port, endpoint.host);
      await store.open().catch(({ message }: Error) => {
        const what = `"${gate.host}:${gate.port}" must be a free address of this machine (${message})`;
        refuse('--gate', what, 'Name one that pods reach');
      });
      try {
        await prove(chosen, settings, store, folder, report);
      } finally {
        await store.close();
      }
    });
  },
});
