import { familyOf } from './addresses';
import { facts } from './facts';
import { publicResolver } from './public-resolver';

it.each([
  ['v4', { v4: '10.0.0.0/24', v6: 'fd00::/64' }],
  ['v6', { v6: 'fd00::/64' }],
] as const)('asks two machines of the public resolver by %s', (family, subnets) => {
  const addresses = publicResolver.addresses({ network: { ...facts.network, subnets } });
  expect(new Set(addresses).size).toBe(2);
  expect(addresses.map(familyOf)).toEqual([family, family]);
});
