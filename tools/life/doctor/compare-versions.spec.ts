import fc from 'fast-check';
import { newest } from './compare-versions';

test.each([
  ['numbers are compared as numbers', '0.9.0', ['0.10.0', '0.8.9'], '0.10.0'],
  ['nothing newer is nothing', '1.2.3', ['1.2.3', '1.2.2', 'latest'], undefined],
  ['a shorter tag floats', '1.9.0', ['2', '2.0'], undefined],
  ['a release candidate is no release', '1.9.0', ['2.0.0-rc1'], undefined],
  ['a variant stays what it is', '3.4.4-alpine', ['3.5.0', '3.4.5-alpine'], '3.4.5-alpine'],
  ['a prefix stays what it is', 'v3.4.4', ['3.5.0', 'v3.4.5'], 'v3.4.5'],
  [
    'the hash of a commit is another in each',
    '2024.10.22-7ca5933',
    ['2025.7.18-a0bc346'],
    '2025.7.18-a0bc346',
  ],
  ['a tag without a number is never old', 'stable', ['1.0.0'], undefined],
])('%s', (_, present, others, expected) => {
  expect(newest(present, others)).toBe(expected);
});

test('the newest is the same in whatever order the versions come', () => {
  const version = fc.tuple(fc.nat(30), fc.nat(30), fc.nat(30)).map((numbers) => numbers.join('.'));
  fc.assert(
    fc.property(version, fc.array(version), (present, others) => {
      const found = newest(present, others);
      expect(newest(present, others.toReversed())).toBe(found);
      expect(found === undefined ? undefined : newest(found, others)).toBeUndefined();
    }),
  );
});
