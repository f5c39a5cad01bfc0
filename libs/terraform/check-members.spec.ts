import { type Members, checkMembers } from './check-members';
import { formatProblem } from './problem';

interface App {
  readonly image: string;
  readonly health?: string;
}

const members: Members<App> = { image: 'must', health: 'may' };
const problemsOf = (given: object): string[] =>
  checkMembers('notes', 'app', given as App, members).map(formatProblem);

it('takes what has all that must be there and nothing that is unknown', () => {
  expect(problemsOf({ image: 'a:1.0' })).toEqual([]);
  expect(problemsOf({ image: 'a:1.0', health: '/' })).toEqual([]);
});

it('tells what is missing and what is misspelt', () => {
  expect(problemsOf({ image: undefined, healht: '/', colour: 'red' })).toEqual([
    'notes: app.image must be there. Add it.',
    'notes: app.healht must be a name that is known here. Did you mean health?',
    'notes: app.colour must be a name that is known here. There are image, health.',
  ]);
});
