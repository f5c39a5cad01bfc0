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
  formatProblems,
  jsonencode,
  locals,
  merge,
  output,
  raw,
  reference,
  render,
  tf,
  variable,
} from '..';
import { escape, problemOfText } from './escape';

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
      '\ufeff',
      '\u0301',
      '\u{10041}',
      '\ufffe',
      '${var.x}',
      '%{if true}',
    ),
    fc.string({ unit: 'binary', maxLength: 4 }),
  ),
  { maxLength: 8 },
);
const text = awkward.map((pieces) => pieces.join(''));

/** Those that are not refused. */
const sound = text.filter((value) => problemOfText(value) === undefined);

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

  it.each([
    ['\ufefftext', '${"\\ufeff"}text'],
    ['te\ufeffxt', 'te\ufeffxt'],
    [tf`\ufeff${raw('x')}`, '${"\\ufeff"}${x}'],
    [jsonencode('\ufefftext'), '${jsonencode("\\ufefftext")}'],
  ])('keeps a byte order mark, case %#', (given, expected) => {
    expect(renderOne([output('o', given)])).toEqual({ output: { o: { value: expected } } });
    expect(renderOne([variable('v', { default: '\ufefftext' })])).toEqual({
      variable: { v: { default: '\ufefftext' } },
    });
  });

  const half = 'must be well-formed Unicode, but holds half of a surrogate pair. Correct the text.';
  const changed = (what: string): string =>
    `must hold nothing that Terraform turns into other characters, but holds ${what}. Write it in Unicode’s normal form C, as .normalize() gives it.`;
  const accented = changed('"e\u0301" (U+0065 U+0301)');

  it.each([
    ['half a character', output('o', 'half \ud83d'), half],
    ['half of one as a key', output('o', { '\ud83d': 1 }), half],
    ['half of one as a key of a function’s argument', output('o', merge({ '\ud83d': 1 })), half],
    ['half of one below', output('o', jsonencode([{ a: { b: '\ude00' } }])), half],
    ['half of one in HCL', output('o', raw('upper("\ud83d")')), half],
    ['half of one in a template', output('o', tf`\ud83d${raw('x')}`), half],
    ['half of one as a key of a reference', output('o', reference('each', ['value', '\ud83d'])), half],
    ['half of one in a default', variable('o', { default: '\ud83d' }), half],
    ['a letter and its accent', output('o', 'e\u0301'), accented],
    ['the two from two pieces', output('o', tf`${'e'}${'\u0301'}`), accented],
    ['the two as a key', output('o', { 'e\u0301': 1 }), accented],
    ['the two as a key of a function’s argument', output('o', merge({ 'e\u0301': 1 })), accented],
    ['the two in HCL', output('o', raw('upper("e\u0301")')), accented],
    ['the two in a default', variable('o', { default: 'e\u0301' }), accented],
    ['a sign that stands for a letter', output('o', 'in \u212b'), changed('"\u212b" (U+212B)')],
    ['a syllable in pieces', output('o', '\u1112\u1161'), changed('"\u1112" (U+1112)')],
    ['accents in another order', output('o', 'q\u0307\u0323'), changed('"\u0307\u0323" (U+0307 U+0323)')],
    [
      'a letter that Go takes for another one',
      output('o', '\u{10041}\u0301'),
      changed('"\u{10041}\u0301" (U+10041 U+0301)'),
    ],
    [
      'an accent that Go takes for another one’s',
      output('o', '\u1099\u{110ba}'),
      changed('"\u1099\u{110ba}" (U+1099 U+110BA)'),
    ],
  ])('refuses %s, which would become another text', (_, block, message) => {
    const { problems } = render([block], owner, new OwnedBlocks([{ owner, block }]));
    const line = formatProblems(problems);
    expect(line).toMatch(/^apps\/test\/test: (output|var)\.o: /);
    expect(line.endsWith(`: ${message}`)).toBe(true);
    expect(line).not.toContain('\n');
  });

  it('reads random texts back equal with the HCL parser', async () => {
    await fc.assert(
      fc.asyncProperty(sound, async (value) => {
        const hcl = await parse(escape.quoted(value));
        expect(hcl.text).toBe(value);
        expect(hcl.kinds.every((kind) => kind === 'literalValue')).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  withTerraform('brings random texts through terraform apply unchanged, in every position', () => {
    const texts = fc.sample(sound, { numRuns: 3_000, seed: Date.now() });
    const unique = [...new Set(texts)];
    const keyed = Object.fromEntries(unique.map((value, index) => [value, index]));
    const blocks = [
      locals({ between: '|' }),
      output('direct', texts),
      output('keys', keyed),
      output('function_argument', concat(texts)),
      output('function_keys', merge(keyed)),
      output(
        'template',
        texts.map((value) => tf`${value}${raw('local.between')}${value}`),
      ),
      output('nested_template', concat(texts.map((value) => tf`${value}${raw('local.between')}${value}`))),
      variable('taken_literally', { default: texts }),
      output('variable_default', raw('var.taken_literally')),
    ];
    const outputs = applyOutputs(renderOne(blocks));
    // Nothing makes up another character with that: what only Terraform puts together, it may change.
    const around = texts.map((value) => `${value}|${value}`);
    expect(outputs['direct']).toEqual(texts);
    expect(outputs['function_argument']).toEqual(texts);
    expect(outputs['variable_default']).toEqual(texts);
    expect(outputs['template']).toEqual(around);
    expect(outputs['nested_template']).toEqual(around);
    expect(outputs['keys']).toEqual(keyed);
    expect(outputs['function_keys']).toEqual(keyed);
  });

  withTerraform('refuses just those texts that Terraform would change', () => {
    const texts = fc.sample(
      text.filter((value) => value.isWellFormed()),
      { numRuns: 5_000, seed: Date.now() },
    );
    // Each was once told wrong: an order of accents that stays, a syllable that Go does not put together.
    texts.push('\u{f1f91}\u0301', '\uac00\u{11173}', '\u109b\u{110ba}', '\u{11f00}\u0301');
    // A default is taken as it stands, so nothing is escaped or refused on the way.
    const { arrived } = applyOutputs({
      variable: { texts: { default: texts } },
      output: { arrived: { value: '${var.texts}' } },
    });
    const changes = texts.filter((value, index) => value !== (arrived as string[])[index]);
    expect(texts.filter((value) => problemOfText(value) !== undefined)).toEqual(changes);
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
