import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '@home/command';
import { readLitestreamConfig } from '@home/kubernetes';
import { addressesOf, blocksIn } from '@home/terraform';
import { workloadPlace } from '@tools/nx-home/graph';
import { grouped } from '../grouped';
import { type RootModule, blockAddress, bodyOf, parseObject } from '../root-module';
import type { PlanJson, ResourceChange } from './plan-json';

/** What a plan removes whose description is gone. */
interface Lost {
  workloadOf(address: string): string | undefined;
  /** Workload of which nothing stays → how its data comes back. */
  readonly farewells: ReadonlyMap<string, readonly string[]>;
}

/** Finds out whose the resources are that a plan removes and no generated file declares any more: git remembers. */
export async function findLost(root: string, module: RootModule, plan: PlanJson): Promise<Lost> {
  const removed = (plan.resource_changes ?? []).filter(
    ({ mode, address, change }) =>
      mode === 'managed' &&
      (change.actions.includes('delete') || change.actions.includes('forget')) &&
      module.workloadOf(address) === undefined,
  );
  if (removed.length === 0) return { workloadOf: () => undefined, farewells: new Map() };
  const owners = await formerOwners(
    root,
    module.stack,
    new Set(removed.map(({ address }) => blockAddress(address))),
  );
  const workloadOf = (address: string): string | undefined => owners.get(blockAddress(address));
  const byWorkload = grouped(removed, ({ address }) => workloadOf(address) ?? '');
  return {
    workloadOf,
    farewells: new Map(
      [...byWorkload].map(([workload, resources]) => [
        workload,
        farewell(root, module.stack, workload, resources),
      ]),
    ),
  };
}

/** Looks through the committed generated files from the newest back, until each address was seen. */
async function formerOwners(
  root: string,
  stack: string,
  wanted: ReadonlySet<string>,
): Promise<Map<string, string>> {
  const git = async (...options: string[]): Promise<string> => {
    const { exitCode, stdout } = await runProgram('git', ['-C', root, ...options]);
    return exitCode === 0 ? stdout : '';
  };
  const owners = new Map<string, string>();
  const folder = `terraform/${stack}`;
  const commits = (await git('log', '-n', '50', '--format=%H', '--', folder)).split('\n').filter(Boolean);
  for (const commit of commits) {
    const files = (await git('ls-tree', '--name-only', '--full-name', commit, `${folder}/`)).split('\n');
    for (const file of files.filter((name) => name.endsWith('.tf.json'))) {
      const workload = file.slice(folder.length + 1, -'.tf.json'.length);
      const blocks = blocksIn(parseObject(await git('show', `${commit}:./${file}`)) ?? {});
      for (const address of blocks.flatMap(addressesOf)) {
        if (wanted.has(address) && !owners.has(address)) owners.set(address, workload);
      }
    }
    if (owners.size === wanted.size) break;
  }
  return owners;
}

function farewell(
  root: string,
  stack: string,
  workload: string,
  resources: readonly ResourceChange[],
): string[] {
  const replicas = resources.flatMap(({ change }) => replicasIn(change.before));
  if (replicas.length === 0) return [];
  const { file, where } = workloadPlace(stack, workload);
  // Of several databases each is restored by its path.
  const names = replicas.length === 1 ? [workload] : replicas.map(({ path }) => path);
  const commands = names.map((name) => `\`npm run restore -- ${name}\``).join(', ');
  const back = existsSync(join(root, file)) ? `its database back into ${file}` : `${where} back`;
  return [
    ...replicas.map(({ title }) => `Its database goes with its pod; the replica stays: ${title}`),
    `To get it back, put ${back} and deploy: it restores the replica before it starts.`,
    `${commands} gets the data alone, into a local file, while that is there.`,
  ];
}

/** The replicas that a ConfigMap with Litestream's configuration names. */
function replicasIn(values: unknown): { readonly path: string; readonly title: string }[] {
  const data = bodyOf(bodyOf(values)['data']);
  const text = data['litestream.yml'];
  if (typeof text !== 'string') return [];
  const { replicas = [] } = readLitestreamConfig(text) ?? {};
  return replicas
    .filter(({ bucket }) => bucket !== '')
    .map(({ bucket, path, endpoint }) => ({ path, title: `${bucket}/${path} at ${endpoint || 'S3'}` }));
}
