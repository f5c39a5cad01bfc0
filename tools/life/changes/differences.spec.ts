import { differences } from './differences';

const variables = (...names: string[]) => names.map((name) => ({ name, value: '1' }));

describe('differences', () => {
  it.each([
    {
      what: 'an added variable, by its name',
      before: { env: variables('A', 'C') },
      after: { env: variables('A', 'B', 'C') },
      found: ['env[B]: undefined → {"name":"B","value":"1"}'],
    },
    {
      what: 'a changed variable beside one that is gone',
      before: { env: variables('A', 'B') },
      after: { env: [{ name: 'B', value: '2' }] },
      found: ['env[A]: {"name":"A","value":"1"} → undefined', 'env[B].value: "1" → "2"'],
    },
    {
      what: 'another order of names',
      before: variables('A', 'B'),
      after: variables('B', 'A'),
      found: ['[0].name: "A" → "B"', '[1].name: "B" → "A"'],
    },
    {
      what: 'an entry at the end',
      before: { args: ['a', 'b'] },
      after: { args: ['a', 'b', 'c'] },
      found: ['args[2]: undefined → "c"'],
    },
    {
      what: 'an entry in between',
      before: { args: ['a', 'c'] },
      after: { args: ['a', 'b', 'c'] },
      found: ['args[1]: undefined → "b"'],
    },
    { what: 'a repeated entry', before: ['a', 'a'], after: ['a'], found: ['[1]: "a" → undefined'] },
    {
      what: 'a line of a mounted file',
      before: { data: { Corefile: 'a\nb\nc\n' } },
      after: { data: { Corefile: 'a\nB\nc\n' } },
      found: ['data.Corefile:2: "b" → "B"'],
    },
    { what: 'another kind of value', before: { a: [1] }, after: { a: '1' }, found: ['a: [1] → "1"'] },
    { what: 'nothing', before: { a: [1, { b: 2 }] }, after: { a: [1, { b: 2 }] }, found: [] },
  ])('tell of $what', ({ before, after, found }) => {
    const lines = differences(before, after, 'written').map(
      (one) => `${one.path}: ${JSON.stringify(one.old)} → ${JSON.stringify(one.new)}`,
    );
    expect(lines).toEqual(found);
  });
});
