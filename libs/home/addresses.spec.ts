import {
  type Family,
  inSubnet,
  inUrl,
  isAtHome,
  normalized,
  overlap,
  prefixLength,
  roleIn,
} from './addresses';

it.each<[string, string, Family, ReturnType<typeof roleIn>]>([
  ['10.0.0.0', '10.0.0.0/24', 'v4', 'network'],
  ['10.0.0.255', '10.0.0.0/24', 'v4', 'broadcast'],
  ['10.0.0.128', '10.0.0.0/24', 'v4', undefined],
  ['10.0.0.127', '10.0.0.0/25', 'v4', 'broadcast'],
  ['10.0.0.4', '10.0.0.4/30', 'v4', 'network'],
  ['10.0.0.4', '10.0.0.4/31', 'v4', undefined],
  ['fd00::', 'fd00::/64', 'v6', 'network'],
  ['fd00::ffff:ffff:ffff:ffff', 'fd00::/64', 'v6', undefined],
  ['fd00::', 'fd00::/127', 'v6', undefined],
  ['10.0.0.0', 'none', 'v4', undefined],
])('%s is in %s: %s, %s', (address, subnet, family, role) => {
  expect(roleIn(address, subnet, family)).toBe(role);
});

it.each<[string, string, Family, boolean]>([
  ['10.0.0.9', '10.0.0.0/24', 'v4', true],
  ['10.0.1.9', '10.0.0.0/24', 'v4', false],
  ['fd00::1', '10.0.0.0/24', 'v6', false],
  ['10.0.0.9', '10.0.0.0/33', 'v4', false],
  ['nas', '10.0.0.0/24', 'v4', false],
])('whether %s is in %s of %s: %s', (address, subnet, family, expected) => {
  expect(inSubnet(address, subnet, family)).toBe(expected);
});

it.each([
  ['10.0.0.9', true],
  ['[fd00::1]', true],
  ['10.0.1.9', false],
  ['nas.rpi', false],
])('whether a URL’s %s is at home: %s', (host, expected) => {
  expect(isAtHome(host, { v4: '10.0.0.0/24', v6: 'fd00::/64' })).toBe(expected);
  expect(isAtHome(host, {})).toBe(false);
});

it.each([
  ['10.0.0.0/8', '10.1.0.0/16', true],
  ['10.1.0.0/16', '10.0.0.0/8', true],
  ['10.0.0.0/16', '10.1.0.0/16', false],
  ['10.0.0.0/8', 'fd00::/8', false],
  ['10.0.0.0/8', 'none', false],
  ['none', '10.0.0.0/8', false],
])('whether %s and %s share an address: %s', (one, other, expected) => {
  expect(overlap(one, other)).toBe(expected);
});

it('writes an address in one way, and as a URL holds it', () => {
  expect(['FD00:0::1', '10.0.0.1', 'nas'].map(normalized)).toEqual(['fd00::1', '10.0.0.1', 'nas']);
  expect(['fd00::1', '10.0.0.1'].map(inUrl)).toEqual(['[fd00::1]', '10.0.0.1']);
  expect(prefixLength('192.168.107.0/24')).toBe(24);
});
