import { isSecretName, saysOf } from './secret-names';

it.each<[ReturnType<typeof saysOf>, ...string[]]>([
  [
    'password',
    'password',
    'DB_PASSWORD',
    'dbPassword',
    'spring.datasource.password',
    'PGPASSWORD',
    'PASSWORD1',
  ],
  ['password', 'PASS', 'SMTP_PASS', 'rootpass', 'example.org/admin-pwd', 'masterauth', 'RESTIC_PASSPHRASE'],
  ['secret', 'TOKEN', 'clientSecret', 'APIKey', 'SERVICE_CREDENTIALS', 'JWT_SECRET_2'],
  // A cache's and a proxy's are as secret.
  ['password', 'REDIS_CACHE_PASSWORD', 'TLS_KEYSTORE_PASSWORD', 'PRIMARY_DB_PASSWORD'],
  ['password', 'POSTGRES_NON_ROOT_PASSWORD'],
  ['secret', 'PROXY_TOKEN'],
  [undefined, 'PULL_SECRET', 'TLS_SECRET', 'CACHE_KEY', 'NO_PROXY_TOKEN'],
  ['secret', 'SIGNING_KEY', 'PRIVATE_KEY', 'BASIC_AUTH'],
  ['secret if random', 'APP_KEY', 'PASSWORD_SALT', 'COOKIE', 'AUTH', 'SEED'],
  [undefined, 'HOST', '', '42', 'PASSENGERS', 'KEYBOARD'],
  // What is told about one.
  [
    undefined,
    'PASSWORD_MIN_LENGTH',
    'TOKEN_TTL',
    'SECRET_NAME',
    'secret_refs',
    'API_KEY_FILE',
    'TOKEN_2_DAYS',
  ],
  // What is made of one, or needs none.
  [undefined, 'PUBLIC_KEY', 'NO_PASSWORD', 'NON_SECRET', 'EXISTING_SECRET', 'PRIMARY_KEY', 'SHOW_PASSWORD'],
])('says %s by its name: %s, %s, %s', (says, ...names) => {
  for (const name of names) expect([name, saysOf(name)]).toEqual([name, says]);
});

it('is the name of a secret whatever its value looks like, or only where that was drawn by chance', () => {
  expect(['PASSWORD', 'TOKEN', 'APP_KEY', 'HOST'].map(isSecretName)).toEqual([true, true, false, false]);
});
