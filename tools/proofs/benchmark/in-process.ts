import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { webApp } from '@home/kubernetes';
import { rules } from '@home/kubernetes/rules';
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
import { appNames } from './scratch-home';

/** What is done: from values to files, the same with schemas and rules, or only the writing of files that are there. */
export type Way = 'files' | 'checked' | 'floor';

/** Measures one process: `in-process.ts files|checked COUNT INTO`, or `in-process.ts floor FROM INTO`. */
function main(way: Way, given: string, into: string): void {
  const work = way === 'floor' ? rewrite(given, into) : generate(Number(given), way === 'checked', into);
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  work();
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (performance.now() - start) / 1000;
  const megabytes = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ seconds, cpu: (user + system) / 1e6, megabytes }));
}

/** What nobody who writes the same bytes can do without. */
function rewrite(from: string, into: string): () => void {
  const files = readdirSync(from).map(
    (name) => [name, JSON.parse(readFileSync(join(from, name), 'utf8'))] as const,
  );
  return () => {
    for (const [name, json] of files) writeFileSync(join(into, name), `${JSON.stringify(json, null, 2)}\n`);
  };
}

function generate(count: number, isChecked: boolean, into: string): () => void {
  const known = needsIn(join(__dirname, '../../..'));
  return () => void writeFiles(into, describe(count, isChecked, known));
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

const [way = '', given = '', into = ''] = process.argv.slice(2);
main(way as Way, given, into);
