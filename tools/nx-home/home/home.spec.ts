import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedReplicas, many, one, readGeneratedStack } from '@home/generated';
import { stackOrder } from '@tools/nx-home';
import { describeHome } from '@tools/nx-home/describe';
import { formatTable } from '@home/command';
import { urlOf } from '@home/home';
import { type Row, listWorkloads } from './list-workloads';

const root = join(__dirname, '../../..');
const description = describeHome(root, () => true);
const order = stackOrder(description.house);
const rows = listWorkloads(description);

/** Of each workload that has any: what the generated files of all stacks say. */
function generated(find: (blocks: ReturnType<typeof readGeneratedStack>) => [string, string][]) {
  const pairs = order.flatMap((stack) => find(readGeneratedStack(stack)));
  return pairs.map(([workload, value]) => `${workload} ${value}`).sort();
}

const listed = (values: (row: Row) => readonly string[]): string[] =>
  rows.flatMap((row) => values(row).map((value) => `${row.workload} ${value}`)).sort();

test('every address of the generated files is listed, and no other', () => {
  expect(listed(({ addresses }) => addresses)).toEqual(
    generated((blocks) =>
      blocks
        .filter(({ type }) => type === 'kubernetes_ingress_v1')
        .flatMap(({ workload, body }) =>
          many(one(body['spec'])['rule']).map(({ host }): [string, string] => [
            workload,
            urlOf(String(host)),
          ]),
        ),
    ),
  );
});

test('every database and its replica is listed', () => {
  expect(listed(({ databases, replicas }) => databases.map((file, at) => `${file} ${replicas[at]}`))).toEqual(
    generated((blocks) =>
      generatedReplicas(blocks).map(({ workload, file, endpoint, bucket, path }) => [
        workload,
        `${file} ${endpoint} s3://${bucket}/${path}`,
      ]),
    ),
  );
});

test('stacks stand in the order in which they are deployed', () => {
  expect([...new Set(rows.map(({ stack }) => stack))]).toEqual(order);
});

test('a workload is listed with those that it imports', () => {
  for (const { file } of description.house.places) {
    const [, stack = '', workload = ''] = /^apps\/(.+)\/(.+)\/main\.ts$/.exec(file) ?? [];
    const text = workload === '' ? '' : readFileSync(join(root, file), 'utf8');
    const imported = [...text.matchAll(/from '@home\/[a-z-]+\/([a-z-]+)'/g)].map(([, name]) => name);
    const row = rows.find((one) => one.stack === stack && one.workload === workload);
    expect(row?.dependsOn ?? []).toEqual(expect.arrayContaining(imported));
  }
});

test('columns are as wide as what they hold', () => {
  const columns = [
    { head: 'A', show: (row: readonly string[]) => row[0] ?? '' },
    { head: 'LONGER', show: (row: readonly string[]) => row[1] ?? '' },
    { head: 'C', show: (row: readonly string[]) => row[2] ?? '' },
  ];
  const cells = [
    ['one', '2', 'three'],
    ['1', '', ''],
  ];
  expect(formatTable(columns, cells, (head) => head)).toBe(
    ['A    LONGER  C', 'one  2       three', '1'].join('\n'),
  );
});
