import { rootSecret } from '@home/home';
import { rules, webApp } from '@home/kubernetes';
import namespaces, { apps } from '@home/platform/namespaces';
import replication, { replica } from '@home/platform/replication';
import { checkFile } from '@home/providers';
import {
  type Block,
  type Blocks,
  OwnedBlocks,
  type Owner,
  type Problem,
  ProblemsError,
  flatten,
  formatFile,
  render,
  writeFiles,
} from '@home/terraform';
import { appNames, scratchFolder } from './scratch-home';

/** Measures one process on its way from TypeScript values to files: `in-process.ts COUNT [--checked]`. */
function main(count: number, isChecked: boolean): void {
  const folder = scratchFolder();
  const start = performance.now();
  const files = describe(count, isChecked);
  const described = performance.now();
  writeFiles(folder, files);
  const milliseconds = performance.now() - start;
  const writing = performance.now() - described;
  const megabytes = process.resourceUsage().maxRSS / 1024;
  console.log(
    `${milliseconds.toFixed(0)} ms, of which writing ${writing.toFixed(0)} ms; ${megabytes.toFixed(0)} MB`,
  );
}

function describe(count: number, isChecked: boolean): Map<string, string> {
  const workloads = appNames(count).map((name) => file('workloads', name, app(name)));
  const others = [
    file('platform', 'namespaces', namespaces),
    file('platform', 'replication', replication),
    file('workloads', 'stack', rootSecret),
  ];
  const owned = [...workloads, ...others].flatMap(({ owner, blocks }) =>
    blocks.map((block) => ({ owner, block })),
  );
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

function file(stack: string, workload: string, made: Blocks): { owner: Owner; blocks: Block[] } {
  return { owner: { stack, workload, where: `apps/${stack}/${workload}` }, blocks: flatten(made) };
}

function app(name: string): Blocks {
  return webApp(name, {
    namespace: apps,
    image: 'ghcr.io/usememos/memos:0.24.4',
    port: 5230,
    host: name,
    memory: '64Mi',
    env: { MEMOS_DATA: '/var/opt/memos' },
    dashboard: { title: name },
    database: { file: '/var/opt/memos/memos_prod.db', replica, verify: '0 3 * * 6' },
  });
}

main(Number(process.argv[2]), process.argv[3] === '--checked');
