import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { refuse } from '@home/terraform';
import { commitAll, copyWorkspace, lendPackages } from '@home/testing';
import { type Place, isStack, projectName, readHouse } from '@tools/nx-home/graph';
import { type Figure, timed } from './measure';
import { doNothing, idle, runNx } from './nx';
import { scratchFolder } from './scratch-home';

/** An app's memory, which is a line of its own in its description and in its file. */
const memory = /memory: '(\d+)Mi'/;

/**
 * The home of this workspace as it is: all of it, one app under Nx, and what one edit affects.
 *
 * @param root a folder for a copy of it
 * @param idleRoot a folder for a copy in which Nx has nothing to do
 * @param against a commit that generates beside it, unless it is empty
 */
export async function referenceHome(
  root: string,
  idleRoot: string,
  workspace: string,
  against: string,
): Promise<Figure[]> {
  for (const copy of [root, idleRoot]) {
    copyWorkspace(workspace, copy);
    lendPackages(workspace, copy);
  }
  doNothing(idleRoot);
  for (const copy of [root, idleRoot]) commitAll(copy);
  const app = appWithMemory(root);
  return [
    ...(await generation(root, workspace, against)),
    { what: 'nx show projects', once: () => runNx(root, 'show', 'projects') },
    ...underNx(idleRoot, app, idle, () => 'nx show projects'),
    ...underNx(root, app, '', (what) => `${what}${idle}`),
  ];
}

/** What Nx runs for one app, and after an edit of it. */
function underNx(root: string, app: Place, by: string, floorOf: (what: string) => string): Figure[] {
  const file = join(root, app.file);
  let turn = 0;
  const edit = (text: string | RegExp, change: (found: string) => string): void =>
    writeFileSync(file, readFileSync(file, 'utf8').replace(text, change));
  const affected = () => runNx(root, 'affected', '-t', 'generate', '--base=HEAD');
  const ways: Record<string, Figure['once']> = {
    [`nx run ${projectName(app)}:generate`]: () =>
      runNx(root, 'run', `${projectName(app)}:generate`, '--skip-nx-cache'),
    'nx affected -t generate, after a comment'() {
      edit(/$/, () => `// ${(turn += 1)}\n`);
      return affected();
    },
    'nx affected -t generate, after a value'() {
      edit(memory, (found) => `memory: '${Number(memory.exec(found)?.[1]) + 1}Mi'`);
      return affected();
    },
  };
  return Object.entries(ways).map(([what, once]) => ({
    what: `${what}${by}`,
    beside: [floorOf(what)],
    once,
  }));
}

function appWithMemory(root: string): Place {
  const places = readHouse(root).places.filter((place) => !isStack(place));
  const app = places.find(({ file }) => memory.test(readFileSync(join(root, file), 'utf8')));
  if (app === undefined)
    refuse('apps', 'must hold an app that says its memory', 'Add one to measure an edit');
  return app;
}

async function generation(root: string, workspace: string, against: string): Promise<Figure[]> {
  const generate = (cwd: string) => timed(['npm', 'run', '--silent', 'generate'], { cwd });
  if (against === '') return [{ what: 'npm run generate', once: () => generate(root) }];
  const before = scratchFolder();
  for (const command of [
    ['git', 'clone', '--quiet', '--shared', '--no-checkout', workspace, before],
    ['git', 'checkout', '--quiet', against],
    ['npm', 'ci', '--silent'],
  ])
    await timed(command, { cwd: before });
  const floor = `npm run generate of ${against}`;
  return [
    { what: floor, once: () => generate(before) },
    { what: 'npm run generate', beside: [floor], once: () => generate(root) },
  ];
}
