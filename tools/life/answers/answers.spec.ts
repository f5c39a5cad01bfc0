import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';
import { keepAnswers, readAnswers } from './answers';

let root: string;
beforeEach(() => {
  root = makeTemporaryFolder();
});
afterEach(() => rmSync(root, { recursive: true }));

const said = () => readAnswers(root, 'plan').map((answer) => [answer.about, answer.said]);

it('keeps what was found of each thing last', () => {
  keepAnswers(root, 'plan', [
    { about: 'platform', said: 'nothing to do' },
    { about: 'workloads', said: '1 to add' },
  ]);
  keepAnswers(root, 'plan', [{ about: 'workloads', said: 'nothing to do' }]);
  expect(said()).toEqual([
    ['platform', 'nothing to do'],
    ['workloads', 'nothing to do'],
  ]);
});

it('keeps nothing else of who looks at everything', () => {
  keepAnswers(root, 'plan', [{ about: 'gone', said: 'was there' }]);
  keepAnswers(root, 'plan', [{ about: 'here', said: 'is there' }], true);
  expect(said()).toEqual([['here', 'is there']]);
});

it('is read by its owner alone, and a damaged file says nothing', () => {
  keepAnswers(root, 'plan', [{ about: 'platform', said: 'nothing to do' }]);
  const file = join(root, '.cache/answers/plan.json');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  writeFileSync(file, '[{');
  expect(said()).toEqual([]);
});
