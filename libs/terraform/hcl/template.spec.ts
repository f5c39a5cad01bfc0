import fc from 'fast-check';
import { holdsCode, readTemplate } from './template';

const code = (source: string) => ({ code: source });
const directive = (source: string) => ({ code: source, isDirective: true as const });

const cases: { name: string; in: string; out: ReturnType<typeof readTemplate> }[] = [
  {
    name: 'plain text',
    in: 'a { b } $ %',
    out: { parts: ['a { b } $ %'], codes: [], single: false },
  },
  {
    name: 'escaped signs',
    in: '$${a} %%{if b}',
    out: { parts: ['${a} %{if b}'], codes: [], single: false },
  },
  {
    name: 'one expression',
    in: '${var.a}',
    out: { parts: [code('var.a')], codes: ['var.a'], single: true },
  },
  {
    name: 'text around it',
    in: 'x ${var.a}',
    out: { parts: ['x ', code('var.a')], codes: ['var.a'], single: false },
  },
  {
    name: 'text behind it',
    in: '${var.a} x',
    out: { parts: [code('var.a'), ' x'], codes: ['var.a'], single: false },
  },
  {
    name: 'two expressions',
    in: '${a}${b}',
    out: { parts: [code('a'), code('b')], codes: ['a', 'b'], single: false },
  },
  {
    name: 'a directive',
    in: '%{if a}b%{endif}',
    out: { parts: [directive('if a'), 'b', directive('endif')], codes: ['if a', 'endif'], single: false },
  },
  {
    name: 'braces inside',
    in: '${{ a = { b = 1 } }}',
    out: { parts: [code('{ a = { b = 1 } }')], codes: ['{ a = { b = 1 } }'], single: true },
  },
  {
    name: 'texts inside, which are blanked',
    in: '${sha256("a.b }")}',
    out: { parts: [code('sha256("a.b }")')], codes: ['sha256("")'], single: true },
  },
  {
    name: 'expressions in texts inside',
    in: '${sha256("${a.b}/c \\" ${d}")}',
    out: {
      parts: [code('sha256("${a.b}/c \\" ${d}")')],
      codes: ['sha256("")', 'a.b', 'd'],
      single: true,
    },
  },
  {
    name: 'an escape in a text inside',
    in: '${f("$${x}")}',
    out: { parts: [code('f("$${x}")')], codes: ['f("")'], single: true },
  },
  {
    name: 'an expression that does not end',
    in: '${a',
    out: { parts: [code('a')], codes: ['a'], single: true },
  },
];

test.each(cases)('reads $name', ({ in: text, out }) => {
  expect(readTemplate(text)).toEqual(out);
});

it('tells beforehand whether there is code to read', () => {
  const signs = fc.string({ unit: fc.constantFrom('$', '%', '{', '}', '"', 'a') });
  fc.assert(fc.property(signs, (text) => holdsCode(text) === readTemplate(text).codes.length > 0));
});
