import { join } from 'node:path';
import { type Column, formatTable, type Given, runCommand, widthOf } from '@home/command';
import { pageFile, writePage } from '@life/page';
import { readPrecious } from '@life/terraform';
import { describeApart } from '@tools/nx-home';
import { type Row } from '@tools/nx-home/home';
import pc from 'picocolors';

const usage = {
  command: 'npm run home',
  help: `npm run home [-- --json|--page]

Shows every workload of the home: its stack, its address, the memory set aside
for it, the workloads that it needs, its images, databases and their replicas;
in a terminal as much of that as fits.
  --json   all of it, for machines: npm run --silent home -- --json | jq
  --page   writes ${pageFile}, a page for a browser, with a picture of the
           house, the memory of its nodes, what is precious, and what plan,
           drift, doctor and drill found last`,
  options: { json: { type: 'boolean', default: false }, page: { type: 'boolean', default: false } },
} as const;

/** Those first that a narrow terminal should show. */
const columns: readonly Column<Row>[] = [
  { head: 'WORKLOAD', show: ({ workload }) => workload },
  { head: 'STACK', show: ({ stack }) => stack },
  { head: 'ADDRESS', show: ({ addresses }) => addresses.join(', ') },
  { head: 'MEMORY', show: ({ memory }) => memory },
  { head: 'DEPENDS ON', show: ({ dependsOn }) => dependsOn.join(', ') },
  { head: 'IMAGE', show: ({ images }) => images.join(', ') },
  { head: 'DATABASE', show: ({ databases }) => databases.join(', ') },
  // The store is the same for all; --json has it.
  {
    head: 'REPLICA',
    show: ({ replicas }) => replicas.map((one) => one.replace(/^.*s3:\/\//, '')).join(', '),
  },
];

async function main({ values }: Given<typeof usage.options>): Promise<number> {
  const workspace = join(__dirname, '../../..');
  if (values.page) {
    await writePage(workspace, readPrecious(workspace));
    console.log(`Open ${pageFile} in a browser.`);
    return 0;
  }
  const task = join(workspace, 'tools/nx-home/home/list-workloads.ts');
  const rows = await describeApart<undefined, readonly Row[]>(workspace, task, undefined);
  console.log(
    values.json
      ? JSON.stringify(rows, null, 2)
      : formatTable(columns, rows, (line) => pc.bold(line), widthOf(process.stdout)),
  );
  return 0;
}

runCommand(usage, main);
