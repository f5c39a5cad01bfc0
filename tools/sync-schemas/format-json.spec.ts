import { formatJson } from './format-json';

const long = 'x'.repeat(60);
const cases = [
  { name: 'short values on one line', in: { a: [1, { b: null }] }, out: '{"a":[1,{"b":null}]}\n' },
  {
    name: 'long ones with one member per line',
    in: { a: long, b: [long, long] },
    out: `{\n "a": "${long}",\n "b": [\n  "${long}",\n  "${long}"\n ]\n}\n`,
  },
];

test.each(cases)('formats $name', ({ in: value, out }) => {
  expect(formatJson(value)).toBe(out);
});
