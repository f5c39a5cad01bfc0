import { secondsOf } from './quantity';

it.each([
  ['0', 0],
  ['55s', 55],
  ['1m30s', 90],
  ['1h', 3600],
  ['1.5h', 5400],
  ['.5s', 0.5],
  ['500ms', 0.5],
  ['10us', 1e-5],
])('reads %s', (text, seconds) => {
  expect(secondsOf(text)).toBeCloseTo(seconds, 9);
});

it.each(['', '55', 's', '1d', '-5s', '1m 30s', '1,5s'])('refuses %j', (text) => {
  expect(secondsOf(text)).toBeUndefined();
});
