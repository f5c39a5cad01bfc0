import { diskProblem } from './disk-problem';
import { readOptions } from './run-command';

const usage = { command: 'npm run deploy', help: '', options: { yes: { type: 'boolean' } } } as const;

test('what a command does not take is refused and never passed over', () => {
  expect(() => readOptions(usage, ['workloads', '--yes'])).toThrow(
    "npm run deploy: does not understand its arguments (Unexpected argument 'workloads'). npm run deploy -- --help lists what it takes.",
  );
  expect(() => readOptions({ ...usage, positionals: 1 }, ['a', 'b'])).toThrow("Unexpected argument 'b'");
  expect(() => readOptions(usage, ['--no'])).toThrow("Unknown option '--no'");
  expect(readOptions({ ...usage, positionals: 1 }, ['a', '--yes'])).toMatchObject({
    values: { yes: true },
    positionals: ['a'],
  });
});

test.each([
  ['ENOSPC', 'the disk is full'],
  ['EROFS', 'the disk is read-only'],
  ['ENOTDIR', 'its folder is a file'],
  ['EEXIST', 'there is something else of its name'],
])('a file that cannot be written for %s is no bug', (code, reason) => {
  expect(diskProblem(Object.assign(new Error(code), { code, path: 'notes.db' }))).toEqual({
    where: 'notes.db',
    what: `cannot be written: ${reason}`,
    remedy: 'Fix that and try again',
  });
});

test('a folder that cannot be made is no bug, and a file that is not there may be one', () => {
  const missing = { code: 'ENOENT', path: 'terraform' };
  expect(diskProblem(Object.assign(new Error(), { ...missing, syscall: 'mkdir' }))).toMatchObject({
    where: 'terraform',
    what: 'cannot be written: its folder cannot be made',
  });
  expect(diskProblem(Object.assign(new Error(), { ...missing, syscall: 'open' }))).toBeUndefined();
});

test('any other error is one, and keeps its stack', () => {
  expect(diskProblem(new TypeError('x is not a function'))).toBeUndefined();
});
