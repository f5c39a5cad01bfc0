import { dnsProviderKey, onePasswordVault, pingAddresses, replicaKeys } from './given-variables';

it.each([
  ['replica_access_key_id', replicaKeys.id],
  ['replica_secret_access_key', replicaKeys.secret],
  ['ping_success', pingAddresses.success],
  ['ping_failure', pingAddresses.failure],
  ['cf_dns_api_token', dnsProviderKey('CF_DNS_API_TOKEN')],
])('brings %s from the environment, past plan and state, and never as nothing', (name, { label, body }) => {
  expect(label).toBe(name);
  expect(body).toMatchObject({ ephemeral: true, sensitive: true, nullable: false });
  expect(body['description']).toMatch(/^\S+ .+\.$/);
});

it('has to be told which vault the home reads', () => {
  expect(onePasswordVault.label).toBe('onepassword_vault');
  expect(onePasswordVault.body).toMatchObject({ nullable: false });
});
