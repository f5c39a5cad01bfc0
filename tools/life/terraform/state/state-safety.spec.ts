import { allowsPlainHttp } from './state-safety';

const subnets = { v4: '192.168.107.0/24', v6: 'fd00:affe:cafe:107::3/48' };

it.each([
  ['192.168.107.4', true],
  ['192.168.108.4', false],
  ['[fd00:affe:cafe:107::4]', true],
  ['[2001:db8::1]', false],
  ['127.0.0.1', true],
  ['[::1]', true],
  ['localhost', true],
  ['nas.rpi', true],
  ['rpi.example.org', false],
  ['grrpi', false],
])('takes %s for a place at home: %s', (host, expected) => {
  expect(allowsPlainHttp(host, { network: { subnets }, domain: 'rpi' })).toBe(expected);
});
