import { ProblemsError, formatProblem, formatProblems, refuse } from './problem';

it.each([
  [{ where: 'a', what: 'must be b', remedy: 'Write c' }, 'a: must be b. Write c.'],
  [{ where: 'a', what: 'must be b.', remedy: 'Write c!' }, 'a: must be b. Write c!'],
  [{ where: 'a', what: 'is it b?', remedy: 'Write c…' }, 'a: is it b? Write c…'],
  [{ where: 'a', what: 'must be "b"', remedy: 'Write "c"' }, 'a: must be "b". Write "c".'],
])('writes %j as one line', (problem, line) => {
  expect(formatProblem(problem)).toBe(line);
});

it('writes every problem once, sorted, whatever order they were found in', () => {
  const problem = (where: string) => ({ where, what: 'must hold', remedy: 'Do' });
  expect(formatProblems([problem('b'), problem('a'), problem('b')])).toBe(
    'a: must hold. Do.\nb: must hold. Do.',
  );
  expect(formatProblems([])).toBe('');
});

it('throws problems as one error that keeps its cause', () => {
  const cause = new Error('why');
  const error = new ProblemsError([{ where: 'a', what: 'must hold', remedy: 'Do' }], { cause });
  expect(error).toMatchObject({ name: 'ProblemsError', message: 'a: must hold. Do.', cause });
});

it('refuses for one mistake', () => {
  const cause = new Error('why');
  expect(() => refuse('a', 'must hold', 'Do', { cause })).toThrow(
    new ProblemsError([{ where: 'a', what: 'must hold', remedy: 'Do' }], { cause }),
  );
});
