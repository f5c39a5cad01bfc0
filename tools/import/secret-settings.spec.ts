import { isSecretSetting } from './secret-settings';

describe('a variable of the environment', () => {
  test.each([
    ['API_TOKEN', 'hunter2token'],
    ['DB_PASSWORD', 'hunter'],
    ['DATABASE_URL', 'postgres://me:hunter@db/photos'],
  ])('is secret: %s = %s', (name, text) => expect(isSecretSetting(name, text)).toBe(true));

  test.each([
    ['PASSWORD_POLICY', 'on'],
    ['TOKEN_SECONDS', '3600'],
    ['DB_PASSWORD_FILE', '/run/secrets/password'],
    ['DATABASE_URL', 'postgres://db/photos'],
    ['MONKEY', 'banana'],
  ])('is no secret: %s = %s', (name, text) => expect(isSecretSetting(name, text)).toBe(false));
});
