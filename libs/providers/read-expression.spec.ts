import fc from 'fast-check';
import { holdsCode, readTemplate } from './read-expression';

const cases: { name: string; in: string; out: ReturnType<typeof readTemplate> }[] = [
  { name: 'plain text', in: 'a { b } $ %', out: { codes: [], single: false } },
  { name: 'escaped signs', in: '$${a} %%{if b}', out: { codes: [], single: false } },
  { name: 'one expression', in: '${var.a}', out: { codes: ['var.a'], single: true } },
  { name: 'text around it', in: 'x ${var.a}', out: { codes: ['var.a'], single: false } },
  { name: 'text behind it', in: '${var.a} x', out: { codes: ['var.a'], single: false } },
  { name: 'two expressions', in: '${a}${b}', out: { codes: ['a', 'b'], single: false } },
  { name: 'a directive', in: '%{if a}b%{endif}', out: { codes: ['if a', 'endif'], single: false } },
  { name: 'braces inside', in: '${{ a = { b = 1 } }}', out: { codes: ['{ a = { b = 1 } }'], single: true } },
  {
    name: 'texts inside, which are blanked',
    in: '${sha256("a.b }")}',
    out: { codes: ['sha256("")'], single: true },
  },
  {
    name: 'expressions in texts inside',
    in: '${sha256("${a.b}/c \\" ${d}")}',
    out: { codes: ['sha256("")', 'a.b', 'd'], single: true },
  },
  { name: 'an escape in a text inside', in: '${f("$${x}")}', out: { codes: ['f("")'], single: true } },
  { name: 'an expression that does not end', in: '${a', out: { codes: ['a'], single: true } },
];

test.each(cases)('reads $name', ({ in: text, out }) => {
  expect(readTemplate(text)).toEqual(out);
});

it('tells beforehand whether there is code to read', () => {
  const signs = fc.string({ unit: fc.constantFrom('$', '%', '{', '}', '"', 'a') });
  fc.assert(fc.property(signs, (text) => holdsCode(text) === readTemplate(text).codes.length > 0));
});
