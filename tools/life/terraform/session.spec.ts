import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';
import { type EncryptionChoice, terraformEnvironment } from './session';

let root: string;
beforeEach(() => {
  root = makeTemporaryFolder();
});
afterEach(() => rmSync(root, { recursive: true }));

const plain: EncryptionChoice = { binary: 'terraform', stateEncryption: 'when-possible' };

it('takes what is empty for absent, as the secrets are that a workflow passes on and nobody set', () => {
  const unset = {
    AWS_ACCESS_KEY_ID: '',
    PG_CONN_STR: '',
    TF_HTTP_USERNAME: '',
    TF_TOKEN_app_terraform_io: '',
  };
  expect(Object.keys(terraformEnvironment(root, unset, plain))).toEqual(
    Object.keys(terraformEnvironment(root, {}, plain)),
  );
});

it('lets nothing through that would make Terraform do something else than what was shown', () => {
  const given = { TF_CLI_ARGS_apply: '-destroy', TF_WORKSPACE: 'other', TF_DATA_DIR: '/x', TF_LOG: 'debug' };
  expect(Object.keys(terraformEnvironment(root, given, plain))).toEqual(
    expect.not.arrayContaining(['TF_CLI_ARGS_apply', 'TF_WORKSPACE', 'TF_DATA_DIR']),
  );
  expect(terraformEnvironment(root, given, plain)['TF_LOG']).toBe('debug');
});

it('keeps providers for all stacks in one place, unless the environment or a configuration names another', () => {
  const cacheWith = (given: Readonly<Record<string, string>>) =>
    terraformEnvironment(root, { HOME: root, ...given }, plain)['TF_PLUGIN_CACHE_DIR'];
  expect(cacheWith({})).toBe(join(root, '.cache/providers'));
  expect(cacheWith({ TF_PLUGIN_CACHE_DIR: '/elsewhere' })).toBe('/elsewhere');
  writeFileSync(join(root, '.terraformrc'), 'plugin_cache_dir = "/elsewhere"\n');
  expect(cacheWith({})).toBeUndefined();
  expect(cacheWith({ TF_CLI_CONFIG_FILE: join(root, 'other') })).toBe(join(root, '.cache/providers'));
});

describe('encryption', () => {
  const HOME_STATE_PASSPHRASE = 'correct horse battery';
  const encrypted = (
    stateEncryption: EncryptionChoice['stateEncryption'],
    given = { HOME_STATE_PASSPHRASE },
  ) => terraformEnvironment(root, given, { binary: 'tofu', stateEncryption })['TF_ENCRYPTION'];

  it('is on as soon as there is a passphrase, and still reads what was written in the clear', () => {
    expect(JSON.parse(encrypted('when-possible') ?? '')).toMatchObject({
      state: { method: 'method.aes_gcm.home', fallback: { method: 'method.unencrypted.before' } },
      plan: { enforced: true },
    });
  });

  it('reads nothing in the clear once it is required', () => {
    const said = encrypted('required') ?? '';
    expect(JSON.parse(said)).toMatchObject({ state: { enforced: true }, plan: { enforced: true } });
    expect(said).not.toContain('unencrypted');
  });

  it('is refused without a passphrase when it is required, and with a short one', () => {
    expect(() => encrypted('required', { HOME_STATE_PASSPHRASE: '' })).toThrow(
      'HOME_STATE_PASSPHRASE: is missing, and libs/home/facts.ts requires every state to be encrypted (terraform.stateEncryption).',
    );
    expect(() => encrypted('when-possible', { HOME_STATE_PASSPHRASE: 'short' })).toThrow(
      'at least 16 characters',
    );
    expect(encrypted('when-possible', { HOME_STATE_PASSPHRASE: '' })).toBeUndefined();
  });
});
