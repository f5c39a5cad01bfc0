/** What is known to be secret by its own look, and how a message calls it. */
const looks: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN (?:[A-Z\d ]+ )?PRIVATE KEY(?: BLOCK)?-----|^PuTTY-User-Key-File-/m, 'it is a private key'],
  [/\bAGE-SECRET-KEY-1[\dA-Z]{50,}/, 'it is a private key'],
  [/\b(?:gh[opsur]_[A-Za-z\d]{36,}|github_pat_\w{22,})/, 'it is a token of GitHub'],
  [/\bgl(?:pat|rt|dt|ptt)-[\w-]{20,}/, 'it is a token of GitLab'],
  [/\b(?:AKIA|ASIA)[A-Z\d]{16}\b/, 'it is an access key of AWS'],
  [/\bxox[abeoprs]-[\w-]{10,}|hooks\.slack\.com\/services\/T\w+\/B\w+\/\w+/, 'it is a token of Slack'],
  [/discord(?:app)?\.com\/api\/webhooks\/\d+\/[\w-]+/, 'it is a token of Discord'],
  [/\b[rs]k_(?:live|test)_[\dA-Za-z]{16,}|\bwhsec_[\w+/=]{20,}/, 'it is a key of Stripe'],
  [/\bAIza[\w-]{35}\b|\bGOCSPX-[\w-]{20,}|\bya29\.[\w-]{20,}/, 'it is a key of Google'],
  [/\bsk-(?:[a-z]+-)?[\w-]{20,}/, 'it is a key of an API'],
  [/\b(?:npm_|dckr_pat_|hf_|dop_v1_|shpat_|lin_api_|ntn_)[\w-]{24,}|\bpypi-[\w-]{40,}/, 'it is a token'],
  [
    /\bSG\.[\w-]{20,}\.[\w-]{40,}|\bhvs\.[\w-]{20,}|\btskey-\w+-[\w-]{10,}|\bops_eyJ[\w-]{20,}/,
    'it is a token',
  ],
  [/\b\d{8,10}:AA[\w-]{33}\b/, 'it is a token of Telegram'],
  [/\bK10[\da-f]{32,}::[\w-]+:[\w-]+/, 'it is a token of k3s'],
  [/\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/, 'it is a signed token'],
  [
    /\$2[abxy]\$\d\d\$[./A-Za-z\d]{53}|\$apr1\$|\$7\$\d+\$[^\s$]+\$|\$argon2(?:id?|d)\$|\$[56]\$[^\s$]+\$[^\s$]{20,}|\{SSHA\d*\}/,
    'it is a password’s hash',
  ],
];

/** A password before a host: `postgres://me:hunter2@db/photos`, `me:hunter2@tcp(db:3306)/photos`. */
const inAddresses = /:\/\/[^\s/:@'"<>]*:([^\s@/'"<>]+)@|:([^\s:@/'"]+)@(?:tcp|unix)\(/gi;
const inHeaders = /\b(?:Bearer|Basic)\s+([A-Za-z\d+/=._-]{8,})/g;
const onCommandLines = /\s(?:-u|--user)[ =]["']?[\w.@-]+:([^\s"']+)|\blogin\s+\S+\s+password\s+(\S+)/g;
/** What programs call by a letter: `redis-cli -a hunter2`, `mysqladmin -phunter2`, `sshpass -p hunter2`. */
const byLetters =
  /\b(?:(?:redis|valkey|keydb)-cli\b[^\n|;&]*?\s-a ?|(?:mysql|mariadb)[\w-]*\s(?:[^\n|;&]*?\s)?-p|(?:mongosh|mongodump|mongorestore|sshpass)\s(?:[^\n|;&]*?\s)?-p ?)["']?([^\s"'-][^\s"']*)/g;

/** What begins as a key in base64 does, and all of it. */
const encoded = /\bLS0tLS1CRUdJTi[\w+/=]{20,}/g;

/**
 * Why a text is secret whatever it is called: a private key, a token of a known kind, a password in a URL.
 *
 * @returns undefined when nothing in it looks like one
 */
export function secretInText(text: string): string | undefined {
  // The shortest is a URL with one letter for a password.
  if (text.length < shortest) return undefined;
  const [, why] = looks.find(([look]) => look.test(text)) ?? [];
  if (why !== undefined) return why;
  if (capturedIn(text, inAddresses).some((one) => !isReference(one))) return 'it holds a password in a URL';
  if (capturedIn(text, inHeaders).some(looksRandom)) return 'it holds a header with a token';
  const said = withoutExpansions(text);
  const given = [...capturedIn(said, onCommandLines), ...capturedIn(said, byLetters)];
  if (given.some((one) => !isReference(one))) return 'it holds a password';
  const inside = [...text.matchAll(encoded)].map(([one]) => Buffer.from(one, 'base64').toString());
  return inside.some((one) => one.includes('PRIVATE KEY')) ? 'it is a private key' : undefined;
}

const shortest = 'a://:b@c'.length;

/** A text with one word for each thing that a shell or a template puts in: `${NAME:-}`, `$(< "${FILE}")`. */
export const withoutExpansions = (text: string): string =>
  text.replace(/\$\{[^}\n]{0,200}\}/g, '$VALUE').replace(/\$\([^()\n]{0,200}\)/g, '$VALUE');

const capturedIn = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].flatMap(([, ...captured]) => captured.filter((one) => one !== undefined));

/** Something that stands for a value: `$(NAME)`, `${NAME:-}`, `$NAME`, `{{ name }}`, `<name>`, `%{name}`, `op://vault/item`. */
const references =
  /\$\([^)]{0,200}\)|\$(?:__\w{1,40})?\{[^}]{0,200}\}|\$[A-Z_a-z]\w*|\$\d|\{\{.{0,200}?\}\}|%\{?[A-Za-z_]\w*(?:\}|%)|^<[^<>]*>$|^!\w+ .*$|^(?:op|vault|secret|file|env|ssm|gcp|keyring):.*$|^(?:env|file|lookup|secret)\([^)]*\)$|^arn:.*$|^ENC\[.*\]$|^\*+$/g;

/** Tells whether a text says where a value comes from, and nothing of the value itself. */
export function isReference(text: string): boolean {
  if (!/[$%{<!:(*]/.test(text)) return false;
  // A password such as `$2y$10$…` or `pa$word1` is no reference: something of it would be left.
  const rest = text.trim().replaceAll(references, '');
  return rest !== text.trim() && !/\w/.test(rest.replace(/\b(?:bearer|basic|token)\b/gi, ''));
}

/** Tells whether a text looks drawn by chance: long, in one piece, with letters and digits mixed. */
export function looksRandom(text: string): boolean {
  const isOnePiece = /^[\w+/=.:-]{16,}$/.test(text) && !/^\w+:\/\//.test(text);
  const changes = text.match(/[A-Za-z](?=\d)|\d(?=[A-Za-z])|[a-z](?=[A-Z])/g) ?? [];
  return isOnePiece && changes.length >= 3;
}
