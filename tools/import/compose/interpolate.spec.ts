import fc from 'fast-check';
import { interpolate, readEnvFile } from './interpolate';
import { splitCommand } from './split-command';

const values = new Map([
  ['TAG', '1.2'],
  ['EMPTY', ''],
]);

describe('variables in a compose file', () => {
  test.each([
    ['app:$TAG', 'app:1.2', []],
    ['app:${TAG}', 'app:1.2', []],
    ['${NONE:-${TAG}}-${NONE-}', '1.2-', []],
    ['${EMPTY:-full}${EMPTY-full}', 'full', []],
    ['${TAG:+set}${NONE:+set}', 'set', []],
    ['${TAG:?must be set}', '1.2', []],
    ['${NONE:?must be set}$OTHER', '', ['NONE', 'OTHER']],
    ['$$TAG costs 5$', '$TAG costs 5$', []],
    ['${TAG', '${TAG', []],
  ])('puts them into %j', (given, text, unset) => {
    expect(interpolate(given, values)).toMatchObject({ text, unset });
  });

  it('leaves every text as it is whose dollar signs are doubled', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('$', '{', '}', 'A', ':', '-', ' ') }), (text) => {
        expect(interpolate(text.replaceAll('$', '$$$$'), values).text).toBe(text);
      }),
    );
  });
});

const valuesIn = (text: string, outer?: ReadonlyMap<string, string>): Record<string, string> =>
  Object.fromEntries([...readEnvFile(text, outer)].map(([name, made]) => [name, made.text]));

describe('an .env file', () => {
  it('gives the values of all its lines', () => {
    const text =
      '# mine\nA=1\r\nexport B="two\\nlines" # why\nC=\'$x\'\n D = plain text # why\nE=\nnothing\n';
    expect(valuesIn(text)).toEqual({ A: '1', B: 'two\nlines', C: '$x', D: 'plain text', E: '' });
  });

  it('puts in what the lines before and the world outside say, but between single quotes', () => {
    const text =
      'HOST=own\nPORT=80\nA=http://$HOST:${PORT}\nB="${A}/\\$HOST"\nC=\'$HOST\'\nD=${NONE:-else}\n';
    expect(valuesIn(text, new Map([['HOST', 'outer']]))).toMatchObject({
      A: 'http://outer:80',
      B: 'http://outer:80/$HOST',
      C: '$HOST',
      D: 'else',
    });
  });
});

describe('a command', () => {
  test.each([
    ['sh -c "echo \'it works\'"', ['sh', '-c', "echo 'it works'"]],
    ['redis-server --save ""', ['redis-server', '--save', '']],
    ['a\\ b  c"d"\'e\'', ['a b', 'cde']],
    ['', []],
  ])('is split as a shell splits %j', (text, words) => {
    expect(splitCommand(text)).toEqual(words);
  });

  it('comes apart into the words that were quoted', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (words) => {
        const quoted = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
        expect(splitCommand(quoted.join(' '))).toEqual(words);
      }),
    );
  });
});
