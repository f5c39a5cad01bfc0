import { formatSteps, locate, readTraversal, traversalsIn } from './traversal';

const cases: { in: string; out: Record<string, unknown[]> }[] = [
  { in: 'upper(var.a)', out: { 'var.a': ['var', 'a'] } },
  { in: 'a.b.c[0].d', out: { 'a.b.c[0].d': ['a', 'b', 'c', 0, 'd'] } },
  { in: 'a.b["x.y"].c', out: { 'a.b["x.y"].c': ['a', 'b', 'x.y', 'c'] } },
  { in: 'a.b["x\\"y"]', out: { 'a.b["x\\"y"]': ['a', 'b', 'x"y'] } },
  { in: 'a.b[""].c', out: { 'a.b[""].c': ['a', 'b', undefined, 'c'] } },
  { in: 'a.b[c.d].e', out: { 'a.b[c.d].e': ['a', 'b', undefined, 'e'], 'c.d': ['c', 'd'] } },
  { in: 'a.b[*].c', out: { 'a.b': ['a', 'b'] } },
  { in: 'f(x).y', out: {} },
  { in: '[for one in a.b : one.c]', out: { 'a.b': ['a', 'b'], 'one.c': ['one', 'c'] } },
  { in: '1.5 + a', out: {} },
];

test.each(cases)('finds the traversals of $in', ({ in: code, out }) => {
  expect(Object.fromEntries(traversalsIn(code).map(({ source, steps }) => [source, steps]))).toEqual(out);
});

test.each([
  ['var.a', 'var.a', []],
  ['a.b[0].c', 'a.b', [0, 'c']],
  ['data.a.b.c', 'data.a.b', ['c']],
  ['module.m["x"].b', 'module.m', ['x', 'b']],
  ['each', undefined, undefined],
  ['data.a', undefined, undefined],
])('locates %s', (code, address, path) => {
  const located = locate(readTraversal(code) ?? { source: '', steps: [] });
  expect([located?.address, located?.path]).toEqual([address, path]);
});

test.each(['a + b.c', 'f(a.b)', 'a.b[*].c', '"a.b"', ''])('reads %j as no traversal', (code) => {
  expect(readTraversal(code)).toBeUndefined();
});

it('writes what it reads', () => {
  const steps = ['b', 0, 'c/d', 'e"f'];
  expect(readTraversal(`a${formatSteps(steps)}`)?.steps).toEqual(['a', ...steps]);
});
