import { type MachineFacts, readFacts } from '@home/home';
import { applyOf, bootstrap, findBlankNodes } from './find-blank-nodes';
import type { NodeState } from './probe-node';

const facts = readFacts();

const [reference] = facts.network.nodes as [MachineFacts];
const machine = (name: string, role: MachineFacts['role']): MachineFacts => ({ ...reference, name, role });
const three = [machine('a', 'controlplane'), machine('b', 'controlplane'), machine('c', 'controlplane')];
const worker = machine('w', 'worker');

const find = (
  nodes: MachineFacts[],
  states: Record<string, NodeState>,
  known = [bootstrap, ...nodes.map(applyOf)],
) => findBlankNodes(nodes, new Set(known), async ({ name }) => states[name] ?? 'configured');

it.each<[string, MachineFacts[], Record<string, NodeState>, string[]]>([
  ['nothing for a home that runs', [reference], {}, []],
  ['nothing for a machine that is away', [reference], { [reference.name]: 'away' }, []],
  [
    'configuration and etcd of the only machine',
    [reference],
    { [reference.name]: 'blank' },
    [applyOf(reference), bootstrap],
  ],
  [
    'the configuration of one of three control planes',
    three,
    { b: 'blank' },
    ['talos_machine_configuration_apply.b'],
  ],
  [
    'all when all are blank',
    three,
    { a: 'blank', b: 'blank', c: 'blank' },
    [...three.map(applyOf), bootstrap],
  ],
  ['the configuration of a worker', [reference, worker], { w: 'blank' }, [applyOf(worker)]],
])('recreates %s', async (_, nodes, states, replace) => {
  expect(await find(nodes, states)).toMatchObject({ replace, problems: [] });
});

it('leaves a machine alone that Terraform has never configured', async () => {
  expect(await find([reference], { [reference.name]: 'blank' }, [])).toEqual({
    blank: [],
    away: [],
    replace: [],
    problems: [],
  });
});

it('names the machines of which nobody knows what they have', async () => {
  const { away, replace } = await find([reference, worker], { w: 'away' });
  expect([away.map(({ name }) => name), replace]).toEqual([['w'], []]);
});

it('does not guess whether etcd lives on', async () => {
  const { replace, problems } = await find(three, { a: 'blank', b: 'away', c: 'away' });
  expect(replace).toEqual([]);
  expect(problems).toEqual([
    {
      where: 'node a',
      what: 'is blank, and b, c did not answer, so etcd may have another member or none',
      remedy: 'Bring that machine up first, or take it out of libs/home/facts.ts when it will not come back',
    },
  ]);
});
