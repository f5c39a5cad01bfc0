import { scheduleFault } from './schedule';

it.each([
  '0 3 * * 6',
  '  0   3 * * 6 ',
  '*/15 * * * *',
  '5/10 * * * *',
  '1-59/2 0,12 1-15 * mon-FRI',
  '0 0 ? * ?',
  '0 0 29 2 *',
  '0 0 30 2 1',
  '0 0 30 2 */2',
  '0 0 31 4,5 *',
])('takes %j', (schedule) => {
  expect(scheduleFault(schedule, 'kubernetes')).toBeUndefined();
});

it.each([
  ['', 'must have five fields'],
  ['* * * *', 'must have five fields'],
  ['* * * * * *', 'must have five fields'],
  ['@daily', 'must have five fields'],
  ['60 * * * *', 'must have a minute from 0 to 59, but has "60"'],
  ['-1 * * * *', 'must have a minute from 0 to 59, but has "-1"'],
  ['1,,2 * * * *', 'must have a minute from 0 to 59, but has ""'],
  ['*/0 * * * *', 'must have a minute from 0 to 59, but has "*/0"'],
  ['*/70 * * * *', 'must have a minute from 0 to 59, but has "*/70"'],
  ['0x1 * * * *', 'must have a minute from 0 to 59, but has "0x1"'],
  ['* 5-1 * * *', 'must have an hour from 0 to 23, but has "5-1"'],
  ['* 24 * * *', 'must have an hour from 0 to 23, but has "24"'],
  ['* * 0 * *', 'must have a day of the month from 1 to 31, but has "0"'],
  ['* * L * *', 'must have a day of the month from 1 to 31, but has "L"'],
  ['* * 15W * *', 'must have a day of the month from 1 to 31, but has "15W"'],
  ['* * * 13 *', 'must have a month from 1 to 12, but has "13"'],
  ['* * * mon *', 'must have a month from 1 to 12, but has "mon"'],
  ['* * * * 7', 'must have a day of the week from 0 to 6, but has "7"'],
  ['* * * * 1#2', 'must have a day of the week from 0 to 6, but has "1#2"'],
  ['0 0 30 2 *', 'must fall on a day that exists'],
  ['0 0 31 2,4,6,9,11 *', 'must fall on a day that exists'],
])('refuses %j', (schedule, fault) => {
  expect(scheduleFault(schedule, 'kubernetes')).toBe(fault);
});

it.each(['0 0 * * 7', '0 0 * * 5-7', '0 0 L * *', '0 0 LW 2 *', '0 0 * * 5L', '0 0 * * 1#2,7#1'])(
  'takes %j for healthchecks.io alone',
  (schedule) => {
    expect(scheduleFault(schedule, 'healthchecks.io')).toBeUndefined();
    expect(scheduleFault(schedule, 'kubernetes')).toContain('must have a day');
  },
);

it.each([
  ['0 0 * * 8', 'must have a day of the week from 0 to 7, but has "8"'],
  ['0 0 * * 1#6', 'must have a day of the week from 0 to 7, but has "1#6"'],
  ['0 0 15W * *', 'must have a day of the month from 1 to 31, but has "15W"'],
  ['0 0 30 2 *', 'must fall on a day that exists'],
])('refuses %j for healthchecks.io too', (schedule, fault) => {
  expect(scheduleFault(schedule, 'healthchecks.io')).toBe(fault);
});
