import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';
import { getExpressionAst } from '@cdktf/hcl2json';
import fc from 'fast-check';
import {
  type Block,
  type TfJson,
  OwnedBlocks,
  check,
  concat,
  formatFile,
  jsonencode,
  locals,
  merge,
  output,
  raw,
  render,
  tf,
  variable,
} from '..';
import { escape } from './escape';

const owner = { stack: 'test', workload: 'test', where: 'apps/test/test' };

function renderOne(blocks: readonly Block[]): TfJson {
  const { json, problems } = render(
    blocks,
    owner,
    new OwnedBlocks(blocks.map((block) => ({ owner, block }))),
  );
  expect(problems).toEqual([]);
  return json;
}

/** Texts made of what has a meaning to HCL, JSON, Go or Unicode, mixed with any other text. */
const awkward = fc.array(
  fc.oneof(
    fc.constantFrom(
      '${',
      '%{',
      '$${',
      '%%{',
      '$',
      '%',
      '{',
      '}',
      '~}',
      '"',
      '\\',
      '\\"',
      '\\${',
      '\n',
      '\r',
      '\r\n',
      '\t',
    ),
    fc.constantFrom(
      '<',
      '>',
      '&',
      '\u0000',
      '\u007f',
      '\u2028',
      'é',
      'e\u0301',
      '"\u0301',
      '\\\u0301',
      '\u0600',
      '\u200d',
      '😀',
      '${var.x}',
      '%{if true}',
    ),
    fc.string({ unit: 'binary', maxLength: 4 }),
  ),
  { maxLength: 8 },
);
// No accent follows a character outside the basic plane: Go's NFC composes U+B1F11 U+0301 as if it were U+1F11 U+0301.
const text = awkward.map((pieces) => pieces.join(''));

/** Terraform keeps strings in Unicode's normal form C. */
const kept = (value: string): string => value.normalize('NFC');

const terraformIsThere = spawnSync('terraform', ['version']).status === 0;
const withTerraform = terraformIsThere ? it : it.skip;
if (!terraformIsThere)
  console.warn('SKIPPED: escaping against the terraform binary, which is not on the PATH.');

/** Applies a root module in a folder of its own and gives back its outputs. */
function applyOutputs(json: TfJson, environment: NodeJS.ProcessEnv = {}): Record<string, unknown> {
  const folder = makeTemporaryFolder();
  try {
    writeFileSync(join(folder, 'main.tf.json'), formatFile(json, 'a test'));
    const env = { ...process.env, ...environment, TF_DATA_DIR: join(folder, '.terraform') };
    const run = (...args: string[]): string =>
      execFileSync('terraform', [`-chdir=${folder}`, ...args], {
        env,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
        maxBuffer: 1 << 28,
      });
    run('apply', '-auto-approve', '-input=false', '-no-color');
    const outputs = JSON.parse(run('output', '-json')) as Record<string, { value: unknown }>;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Reads a quoted string with HCL's own parser, which leaves the escapes inside a literal as they are. */
async function parse(quoted: string): Promise<{ kinds: string[]; text: string }> {
  const tree = await getExpressionAst('test.tf', quoted);
  const literals = tree?.children ?? [];
  const source = literals.map(({ meta }) => ('value' in meta ? meta.value : '')).join('');
  const unescaped = JSON.parse(`"${source}"`) as string;
  return { kinds: literals.map(({ type }) => type), text: unescaped.replace(/([$%])\1\{/g, '$1{') };
}

describe('escaping', () => {
  it.each([
    ['${x}', '$${x}'],
    ['$${x}', '$$${x}'],
    ['%{if}', '%%{if}'],
    ['$', '$'],
    ['50%', '50%'],
    ['a "quoted" \\n', 'a "quoted" \\n'],
  ])('writes %j as %j where Terraform evaluates templates', (given, expected) => {
    expect(renderOne([output('o', given)])).toEqual({ output: { o: { value: expected } } });
  });

  it.each([
    [tf`a ${raw('x')}`, 'a ${x}'],
    [tf`$${raw('x')}`, '${"$"}${x}'],
    [tf`%${raw('x')}`, '${"%"}${x}'],
    [tf`${'\r'}${raw('x')}`, '${"\\r"}${x}'],
    [tf`$\{${raw('x')}}`, '$${${x}}'],
    [tf`${raw('x')}${'${y}'}`, '${x}$${y}'],
    [
      jsonencode({ a: '${b}"\n', 'c d': [1, null, true] }),
      '${jsonencode({ "a" = "$${b}\\"\\n", "c d" = [1, null, true] })}',
    ],
    [jsonencode(tf`"${raw('x')}"`), '${jsonencode("\\"${x}\\"")}'],
  ])('renders expression %#', (given, expected) => {
    expect(renderOne([output('o', given)])).toEqual({ output: { o: { value: expected } } });
  });

  it('refuses text that Terraform could not keep', () => {
    const block = output('o', 'half \ud83d');
    const { problems } = render([block], owner, new OwnedBlocks([{ owner, block }]));
    expect(problems).toEqual([
      {
        where: 'apps/test/test: output.o: value',
        what: 'must be well-formed Unicode, but holds half of a surrogate pair',
        remedy: 'Correct the text',
      },
    ]);
  });

  it('reads random texts back equal with the HCL parser', async () => {
    await fc.assert(
      fc.asyncProperty(text.map(kept), async (value) => {
        const hcl = await parse(escape.quoted(value));
        expect(hcl.text).toBe(value);
        expect(hcl.kinds.every((kind) => kind === 'literalValue')).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  withTerraform('brings random texts through terraform apply unchanged, in every position', () => {
    const texts = fc.sample(text, { numRuns: 3_000, seed: Date.now() });
    const unique = [...new Set(texts.map(kept))];
    const keyed = Object.fromEntries(unique.map((value, index) => [value, index]));
    const blocks = [
      locals({ texts }),
      output('direct', texts),
      output('keys', keyed),
      output('function_argument', concat(texts)),
      output('function_keys', merge(keyed)),
      output(
        'template',
        texts.map((value) => tf`${value}${raw('local.texts[0]')}${value}`),
      ),
      output('nested_template', concat(texts.map((value) => tf`${value}${raw('local.texts[0]')}${value}`))),
      variable('taken_literally', { default: texts }),
      output('variable_default', raw('var.taken_literally')),
    ];
    const outputs = applyOutputs(renderOne(blocks));
    const expected = texts.map(kept);
    const around = texts.map((value) => kept(`${value}${texts[0]}${value}`));
    expect(outputs['direct']).toEqual(expected);
    expect(outputs['function_argument']).toEqual(expected);
    expect(outputs['variable_default']).toEqual(expected);
    expect(outputs['template']).toEqual(around);
    expect(outputs['nested_template']).toEqual(around);
    expect(outputs['keys']).toEqual(keyed);
    expect(outputs['function_keys']).toEqual(keyed);
  });

  withTerraform('brings texts through checks and preconditions', () => {
    const message = 'Not "${so}", but 100 %{so}.';
    const condition = raw<boolean>('!local.holds');
    const holds = raw<boolean>('local.holds');
    const blocks = [
      locals({ holds: true }),
      check('c', [{ condition: holds, error_message: message }]),
      output('o', 1, { precondition: [{ condition, error_message: message }] }),
    ];
    expect(() => applyOutputs(renderOne(blocks))).toThrow(message);
  });
});
