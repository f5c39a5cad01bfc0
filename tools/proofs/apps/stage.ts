import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryHome } from '@home/testing';
import { writeRecipe } from '@tools/recipes';
import { findPrograms } from '../data/find-programs';
import { type DataStage, setStage } from '../data/stage';
import type { IsolatedStage } from '../engine';
import { realApps } from './apps';

/** What the home of the proof has for apps, as a checkout of this repository does. */
const namespaces = { from: '@home/platform/namespaces' };
const has = {
  apps: { ...namespaces, name: 'apps' },
  appsAsRoot: { ...namespaces, name: 'appsAsRoot' },
  infra: { ...namespaces, name: 'infra' },
  replica: { from: '@home/platform/replication', name: 'replica' },
};

/**
 * Makes and generates a home with the recipes of all real apps, and sets the stage of the data proof with it: an S3 server
 * behind a proxy, where the home has its store.
 */
export async function setAppStage(): Promise<IsolatedStage<DataStage>> {
  const { root, write, remove, edit, run } = temporaryHome('one-machine');
  // It is large enough for all of them, and its own DNS leaves port 53 to others.
  edit('libs/home/facts.ts', "memoryForPods: '2600Mi'", "memoryForPods: '26Gi'");
  remove('apps/platform/dns');
  for (const { recipe } of realApps)
    write({ [`apps/workloads/${recipe}/main.ts`]: writeRecipe(recipe, recipe, has) });
  const { exitCode, stderr } = run('node', '-r', './tools/nx-home/typescript.cjs', 'tools/nx-home/main.ts');
  if (exitCode !== 0) throw new Error(`The home of the proof does not generate: ${stderr}`);
  const from = join(root, 'terraform');
  const { programs } = await findPrograms(from, false);
  const stage = await setStage(from, programs, { short: true, gracefulRounds: 0, hardRounds: 0 });
  return {
    stage,
    kept: `pods, shares and replicas are kept in ${stage.base} until the next run`,
    end: async (good) => {
      await stage.end(good);
      rmSync(root, { recursive: true, force: true });
    },
  };
}
