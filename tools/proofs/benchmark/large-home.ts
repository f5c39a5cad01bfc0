import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commitAll, copyWorkspace, lendPackages } from '@home/testing';
import { workloadFiles } from '@tools/nx-home/workload';
import { exampleApp, needsIn } from './example-app';
import type { Figure } from './measure';
import { doNothing, idle, runNx } from './nx';
import { appNames, scratchFolder } from './scratch-home';
import { inOneProcess } from './values-to-files';

const workspace = join(__dirname, '../../..');

/**
 * Makes a copy of this workspace whose stack `workloads` holds no app yet.
 *
 * @returns its folder, a scratch folder
 */
export function emptyHome(): string {
  const root = scratchFolder();
  copyWorkspace(workspace, root);
  lendPackages(workspace, root);
  const remove = (path: string) => rmSync(join(root, path), { recursive: true, force: true });
  for (const folder of ['terraform', 'apps/integrations']) remove(folder);
  for (const entry of readdirSync(join(root, 'apps/workloads'), { withFileTypes: true })) {
    if (entry.isDirectory()) remove(`apps/workloads/${entry.name}`);
  }
  enlargeNodes(join(root, 'libs/home/facts.ts'));
  return root;
}

/** Adds many apps with databases to such a home. */
export function addApps(root: string, count: number): void {
  const { needs } = needsIn(root);
  for (const name of appNames(count)) {
    for (const [file, text] of workloadFiles(exampleApp(name), needs)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
  }
  commitAll(root);
}

/** So that the rule about memory holds for many apps too. */
function enlargeNodes(facts: string): void {
  const text = readFileSync(facts, 'utf8');
  writeFileSync(facts, text.replace(/memoryForPods: '[^']+'/g, "memoryForPods: '1000Gi'"));
}

/**
 * Such a home under Nx: all of it from nothing, and where nothing has changed.
 *
 * @param root a home with many apps
 * @param idleRoot another one, in which Nx has nothing to do from now on
 */
export function largeHomeUnderNx(root: string, idleRoot: string): Figure[] {
  doNothing(idleRoot);
  commitAll(idleRoot);
  const floor = 'nx show projects';
  const cold = 'nx run-many -t generate, cold';
  const generate = (home: string, ...given: string[]) => runNx(home, 'run-many', '-t', 'generate', ...given);
  const generateAll = (home: string) => () => {
    for (const made of ['terraform/workloads', '.cache/home.tsbuildinfo'])
      rmSync(join(home, made), { recursive: true, force: true });
    return generate(home, '--skip-nx-cache');
  };
  return [
    { what: floor, once: () => runNx(root, 'show', 'projects') },
    { what: `${cold}${idle}`, beside: [floor], once: generateAll(idleRoot) },
    { what: cold, beside: [inOneProcess.checked, `${cold}${idle}`], once: generateAll(root) },
    {
      what: 'nx run-many -t generate, cached',
      beside: [floor],
      async once() {
        await generate(root);
        return generate(root);
      },
    },
  ];
}
