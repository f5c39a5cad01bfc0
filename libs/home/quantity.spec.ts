import { bytes, secondsOf } from './quantity';

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

it.each([
  ['64Mi', 67_108_864],
  ['64M', 64_000_000],
  ['1.5Gi', 1_610_612_736],
  ['.5k', 500],
  ['1e3', 1000],
  ['5E-1', 0.5],
  ['500m', 0.5],
  ['12', 12],
])('counts %s', (text, count) => {
  expect(bytes(text)).toBeCloseTo(count, 9);
});

it.each(['', 'Mi', '64MB', '-1', '1 Mi', '1e', '64mi', '.'])('counts no %j', (text) => {
  expect(bytes(text)).toBeNaN();
});
