import { join } from 'node:path';
import { rules, webApp } from '@home/kubernetes';
import { checkFile } from '@home/providers';
import {
  type Blocks,
  OwnedBlocks,
  type Problem,
  ProblemsError,
  flatten,
  formatFile,
  render,
  writeFiles,
} from '@home/terraform';
import { workloadPlace } from '@tools/nx-home';
import { type AppNeeds, exampleApp, needsIn } from './example-app';
import { appNames, scratchFolder } from './scratch-home';

/** Measures one process on its way from TypeScript values to files: `in-process.ts COUNT [--checked]`. */
function main(count: number, isChecked: boolean): void {
  const folder = scratchFolder();
  const known = needsIn(join(__dirname, '../../..'));
  const start = performance.now();
  const files = describe(count, isChecked, known);
  const described = performance.now();
  writeFiles(folder, files);
  const milliseconds = performance.now() - start;
  const writing = performance.now() - described;
  const megabytes = process.resourceUsage().maxRSS / 1024;
  console.log(
    `${milliseconds.toFixed(0)} ms, of which writing ${writing.toFixed(0)} ms; ${megabytes.toFixed(0)} MB`,
  );
}

function describe(
  count: number,
  isChecked: boolean,
  { home, needs }: ReturnType<typeof needsIn>,
): Map<string, string> {
  const workloads = appNames(count).map((name) => ({
    owner: workloadPlace('workloads', name),
    blocks: flatten(app(name, needs)),
  }));
  const apps = workloads.flatMap(({ owner, blocks }) => blocks.map((block) => ({ owner, block })));
  const owned = [...apps, ...home.owned];
  const known = new OwnedBlocks(owned);
  const problems: Problem[] = [];
  const texts = new Map<string, string>();
  for (const { owner, blocks } of workloads) {
    const rendered = render(blocks, owner, known);
    problems.push(...rendered.problems, ...(isChecked ? checkFile(rendered.json, owner.where) : []));
    texts.set(`${owner.workload}.tf.json`, formatFile(rendered.json, owner.where));
  }
  if (isChecked) problems.push(...rules.flatMap((rule) => rule(owned)));
  if (problems.length > 0) throw new ProblemsError(problems);
  return texts;
}

function app(name: string, { apps, replica }: AppNeeds): Blocks {
  const { image, port, host, memory, scratch, database: file } = exampleApp(name);
  return webApp(name, {
    namespace: apps.value,
    image,
    port,
    host,
    memory,
    scratch,
    dashboard: { title: name },
    database: { file, replica: replica.value, verify: '0 3 * * 6' },
  });
}

main(Number(process.argv[2]), process.argv[3] === '--checked');
