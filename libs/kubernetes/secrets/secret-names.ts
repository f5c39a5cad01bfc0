import { remember } from '@home/terraform';

/** What a name says of its value: that it is secret, that it is so when it looks drawn by chance, or nothing. */
export type NameSays = 'password' | 'secret' | 'secret if random' | undefined;

/** `DB_PASSWORD`, `spring.datasource.password` and `dbPassword` → `db password`; of an annotation's key what follows its domain. */
function wordsOf(name: string): string[] {
  return name
    .slice(name.lastIndexOf('/') + 1)
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+|(?<=[a-z])\d+$/)
    .filter((word) => word !== '' && !/^\d+$/.test(word));
}

const password =
  /^(.*(password|passwd|passphrase)|pass|pwd|pw|(require|db|root|admin|user|smtp|mysql|ldap|bind)pass|masterauth)$/;
const secret = /^(.*(secret|token|apikey|accesskey|secretkey|privatekey)|credentials?)$/;
/** What makes a key one that nobody may know. */
const ofSecretKeys = /^(api|access|private|secret|signing|encryption|encrypt|master|auth|session|jwt|hmac)$/;
const doubtful = /^(key|salt|seed|pin|auth|authorization|cookie|jwt)$/;

/** Behind the word for a secret: what is told about it, such as how long it may be. */
const telling = new Set(
  (
    'min max length len size expiry expires expire expiration ttl lifetime timeout age duration interval period day days ' +
    'hour hours minute minutes second seconds secs ms file files path dir directory folder name names ref refs reference references id ids ' +
    'uri url endpoint host port policy mode type kind method algorithm algo alg format encoding header field column param ' +
    'parameter prefix suffix issuer audience scope scopes enabled enable disabled disable required require allowed allow ' +
    'validation validator strength complexity rotation rotate reset recovery change forgot hint label title help message ' +
    'description count limit limits rate retries attempts rounds cost iterations provider store manager backend source ' +
    'engine driver hash hashing hasher version revision refresh usage generator regex pattern charset login authentication ' +
    'grant flow cache env var variable command cmd script mount volume template class fingerprint server service'
  ).split(' '),
);

/** Before it: what says that there is none, or what is done with one. */
const denying = new Set(
  'public pub no min max num without hide show mask forgot reset existing one enable disable require allow automount use'.split(
    ' ',
  ),
);

/** Before a key or a Secret: what makes it another key, or the name of a Secret. Passwords and tokens of these are secret. */
const turning = new Set(
  'tls pull proxy fastcgi uwsgi scgi grpc primary foreign partition sort routing cache site'.split(' '),
);

/** Tells what a name says of its value, by the last word in it that may mean a secret. */
export const saysOf = remember((name: string): NameSays => {
  const words = wordsOf(name);
  const at = words.findLastIndex((word) => password.test(word) || secret.test(word) || doubtful.test(word));
  const word = words[at];
  const before = words[at - 1] ?? '';
  if (word === undefined || words.slice(at + 1).some((one) => telling.has(one))) return undefined;
  const earlier = words.slice(0, at);
  // `NON_ROOT_PASSWORD` is that of somebody who is not root.
  if (before === 'non' || earlier.some((one) => denying.has(one))) return undefined;
  if (password.test(word)) return 'password';
  if (!word.endsWith('token') && earlier.some((one) => turning.has(one))) return undefined;
  const isWhole = (word === 'key' && ofSecretKeys.test(before)) || (word === 'auth' && before === 'basic');
  return isWhole || secret.test(word) ? 'secret' : 'secret if random';
});

/** Tells whether something is called as a secret is: a variable of an environment, an argument, a member of a file. */
export const isSecretName = (name: string): boolean => {
  const says = saysOf(name);
  return says === 'password' || says === 'secret';
};

/** Tells whether a name says of its value that it is something else, though it may stand beside secrets: `SMTP_PORT`. */
export const tellsOther = (name: string): boolean =>
  !isSecretName(name) && telling.has(wordsOf(name).at(-1) ?? '');
