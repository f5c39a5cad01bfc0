import { join } from 'node:path';
import { describeHome } from '@tools/nx-home/describe';
import { listWorkloads } from './list-workloads';

jest.mock('../../../libs/home/read-facts', () => ({
  readFacts: () => jest.requireActual<{ facts: object }>('../../../libs/home/examples/two-machines').facts,
}));

test('the addresses of a home with HTTPS are listed with it', () => {
  const rows = listWorkloads(describeHome(join(__dirname, '../../..'), () => true));
  expect(rows.find(({ workload }) => workload === 'ingress')?.addresses).toEqual([
    'https://ready.loft.example.org',
  ]);
});
