import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';
import fc from 'fast-check';
import { importHcl } from './imported-hcl';

const isThere = spawnSync('terraform', ['version']).status === 0;
const withTerraform = isThere ? it : it.skip;
if (!isThere)
  console.warn('SKIPPED: what imported HCL evaluates to in the terraform binary, which is not on the PATH.');

let folder = '';
beforeEach(() => {
  folder = makeTemporaryFolder();
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What the outputs of a root module evaluate to. */
function evaluate(name: string, file: string, text: string): unknown {
  const root = join(folder, name);
  mkdirSync(root);
  writeFileSync(join(root, file), text);
  const terraform = (...args: string[]) =>
    execFileSync('terraform', [`-chdir=${root}`, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  terraform('init', '-backend=false', '-no-color');
  terraform('plan', '-out=p', '-no-color', '-lock=false');
  const { planned_values: planned }: { planned_values: { outputs?: object } } = JSON.parse(
    terraform('show', '-json', 'p'),
  );
  return planned.outputs;
}

/** A text as a quoted string of HCL. */
const quote = (text: string): string =>
  `"${text
    .replace(/[\\"]/g, '\\$&')
    .replace(/[\n\r\t]/g, (sign) => ({ '\n': '\\n', '\r': '\\r', '\t': '\\t' })[sign] ?? '')
    .replace(/([$%])\{/g, '$1$1{')}"`;

const piece = fc.constantFrom(
  'a',
  'é',
  '🙂',
  ' ',
  '$',
  '%',
  '{',
  '}',
  '${',
  '%{',
  '$${',
  '"',
  '\\',
  '\n',
  '\t',
  '`',
  '~',
  '#',
  '//',
);
const text = fc.array(piece, { maxLength: 6 }).map((parts) => parts.join('').replace(/[$%]+$/, ''));

const { expression } = fc.letrec<{ expression: string; operand: string; template: string }>((tie) => ({
  operand: fc.oneof(
    text.map(quote),
    fc.integer({ min: -99, max: 99 }).map(String),
    fc.constantFrom(
      'true',
      'null',
      'var.text',
      'var.list[0]',
      'var.map.a',
      'var.map["b"]',
      'local.sum',
      'local.text',
      'local.pick',
      'local.map.x',
    ),
  ),
  template: fc
    .array(
      fc.oneof(
        text.map((one) => quote(one).slice(1, -1)),
        tie('expression').map((one) => `\${jsonencode(${one})}`),
      ),
      { maxLength: 4 },
    )
    .map((parts) => `"${parts.join('')}"`),
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('operand'),
    tie('template'),
    fc.tuple(tie('expression'), tie('expression')).map(([one, other]) => `[${one}, ${other}]`),
    fc.tuple(text, tie('expression')).map(([key, value]) => `{ ${quote(key)} = ${value}, plain = 1 }`),
    tie('expression').map((key) => `{ (jsonencode(${key})) = 2 }`),
    fc
      .tuple(tie('expression'), tie('expression'))
      .map(([one, other]) => `local.sum * 2 > 3 && !local.flag ? jsonencode(${one}) : jsonencode(${other})`),
    fc
      .tuple(fc.constantFrom('+', '-', '*'), fc.constantFrom('local.sum', 'var.number', '3'))
      .map(([sign, other]) => `2 ${sign} local.sum ${sign} ${other}`),
    tie('expression').map(
      (one) => `[for item in [${one}] : { value = item, text = "<\${jsonencode(item)}>" } if true]`,
    ),
    tie('expression').map((one) => `try(${one}, "none")`),
    tie('expression').map((one) => `length(jsonencode(${one}))`),
    tie('expression').map((one) => `"%{ if local.flag }yes %{ else }no \${jsonencode(${one})}%{ endif }"`),
  ),
}));

const lines = fc.array(
  text.map((one) => one.replace(/\n/g, '')),
  { maxLength: 4 },
);
const heredoc = lines.map((given) => {
  const body = given.map((line) => `    ${line.replace(/([$%])\{/g, '$1$1{')}\n`);
  return `<<-EOT\n${body.join('')}    \${var.text} end\n  EOT`;
});

const shared = `
variable "text" { default = "T" }
variable "number" { default = 7 }
variable "list" { default = ["l"] }
variable "map" {
  type    = map(string)
  default = { a = "A", b = "B" }
}
locals {
  sum  = var.number + 1
  flag = var.number == 1 || false
  text = "<\${var.text}>"
  pick = var.number > 1 ? "more" : "less"
  map  = { x = var.number - 2 }
}
`;

describe('imported HCL', () => {
  withTerraform(
    'evaluates to what it evaluated to',
    async () => {
      const values = fc.sample(
        fc.oneof({ weight: 3, arbitrary: expression }, { weight: 1, arbitrary: heredoc }),
        { numRuns: 300, seed: 7 },
      );
      const hcl =
        shared + values.map((value, index) => `output "o${index}" {\n  value = ${value}\n}\n`).join('');
      const { json, mistakes, problems } = await importHcl({ 'main.tf': hcl });
      expect([...mistakes, ...problems]).toEqual([]);
      expect(evaluate('after', 'main.tf.json', JSON.stringify(json))).toEqual(
        evaluate('before', 'main.tf', hcl),
      );
    },
    120_000,
  );
});
