import { ProblemsError } from '@home/terraform';
import { whatIsThere } from './find-adoption';

const failure = (): ProblemsError => new ProblemsError([{ where: 'x', what: 'y', remedy: 'z' }]);
const diagnostic = (summary: string, detail = '') => ({ severity: 'error' as const, summary, detail });
const wanted = ['a', 'b', 'c', 'd', 'e'];

/** A provider where some objects are there, and some of the others are named when they are missing. */
function provider(there: readonly string[], named: readonly string[] = []) {
  const tried: string[] = [];
  const tryThese = async (some: readonly string[]) => {
    tried.push(some.join(''));
    const missing = some.filter((address) => !there.includes(address));
    const diagnostics = missing.map((address) =>
      named.includes(address)
        ? diagnostic(
            'Cannot import non-existent remote object',
            `an existing object to "${address}", the\nprovider …`,
          )
        : diagnostic('Unable to fetch it: not found'),
    );
    return {
      outcome: { exitCode: missing.length > 0 ? 1 : 0, diagnostics, interrupted: false },
      fail: failure,
    };
  };
  return { tried, tryThese };
}

it.each([
  ['everything', 'abcde', ''],
  ['nothing', '', ''],
  ['nothing, each named', '', 'abcde'],
  ['some, the others named', 'ace', 'bd'],
  ['some, the others not named', 'ace', ''],
  ['some, one of the others named', 'be', 'c'],
])('finds what is there when it is %s', async (_, there, named) => {
  const { tryThese } = provider([...there], [...named]);
  expect(await whatIsThere(wanted, tryThese)).toEqual([...there]);
});

it('asks once when all are there', async () => {
  const { tried, tryThese } = provider([...'abcde']);
  await whatIsThere(wanted, tryThese);
  expect(tried).toEqual(['abcde']);
});

it.each([
  [
    'when a provider does not answer',
    [diagnostic('Get "https://a": dial tcp 1.2.3.4:6443: connection refused')],
  ],
  ['when the plan fails without any import as well', [diagnostic('Unsupported argument')]],
])('takes nothing for absent %s', async (_, diagnostics) => {
  const tryThese = async () => ({ outcome: { exitCode: 1, diagnostics, interrupted: false }, fail: failure });
  await expect(whatIsThere(wanted, tryThese)).rejects.toThrow(ProblemsError);
});

it('takes a Deployment for absent only when it is named as missing', async () => {
  const named = provider(['a'], ['b', 'c', 'd', 'e']);
  expect(await whatIsThere(wanted, named.tryThese, { missingAreNamed: true })).toEqual(['a']);
  const unnamed = provider(['a'], ['b', 'c', 'd']);
  await expect(whatIsThere(wanted, unnamed.tryThese, { missingAreNamed: true })).rejects.toThrow(
    ProblemsError,
  );
});
