import { type NameSays, saysOf } from './secret-names';
import { isReference, looksRandom, secretInText, withoutExpansions } from './secret-texts';

/** What is written where a secret might stand, and is none: a switch, a kind, a duration. */
const harmless =
  /^(true|false|yes|no|on|off|none|null|nil|undefined|auto|default|required|optional|enabled?|disabled?|always|never|bearer|basic|jwt|cookie|header|any|string|str|number|bool|boolean|int|integer|object|\d+(\.\d+)?(ms|s|m|h|d|w|y)|\d+ (second|minute|hour|day|week|month|year)s?)$/i;
const path =
  /^(\.{0,2}\/[\w.@+-]+(\/[\w.@+-]+)*\/?|[\w./-]+\.(pem|key|crt|cert|p12|pfx|jks|txt|ya?ml|json|toml|env|conf))$/;
const address = /^[a-z][a-z\d+.-]*:\/\//i;

/**
 * Why a value looks like a secret: by its own look, by what it is called, or by what stands in it, as in a file of
 * configuration, a script or an argument. The one list of reasons, for the rule that keeps secrets out of the code and for
 * the import.
 *
 * @param name what it is called: a variable of an environment, a key, an argument
 * @returns the rest of "since …"; undefined when it does not look like one
 */
export function looksSecret(name: string, text: string): string | undefined {
  let known = reasons.get(text);
  if (known === undefined) reasons.set(text, (known = new Map()));
  if (!known.has(name)) known.set(name, reasonOf(name, text.trim()));
  return known.get(name);
}

/** Text → name → why. The same variables and scripts stand in every app, and are read once. */
const reasons = new Map<string, Map<string, string | undefined>>();

function reasonOf(name: string, value: string): string | undefined {
  if (value === '') return undefined;
  const look = secretInText(value);
  if (look !== undefined) return look;
  // In an annotation it is a revision, which changes with the secret, or a sentence about what its key names.
  if (name.includes('/') && /^\d+$|\w \w+ \w/.test(value)) return undefined;
  // A file is called after what it is about, and read itself.
  if (/\.\w+$/.test(name) && value.includes('\n')) return secretInPairs(value);
  if (isSecretBy(saysOf(name), value)) return `it is called ${name}`;
  return prose.test(name) ? undefined : secretInPairs(value);
}

/** Sentences for people, in which words mean what they mean. */
const prose = /^(description|desc|error_message|title)$/;

function isSecretBy(says: NameSays, value: string): boolean {
  if (says === undefined || harmless.test(value) || path.test(value)) return false;
  if (address.test(value) || isReference(value)) return false;
  if (says === 'secret if random') return looksRandom(value);
  return says === 'password' || !/^\d{1,6}$/.test(value);
}

/** `name: value`, `name = "value"`, `--name=value`, `?name=value` and `<name>value</name>`. */
const pairs =
  /(?:^|[\s"'{,;(?&<])-{0,2}([A-Za-z][\w.-]*)(?:["']?[ \t]*(?::|=(?![=>]))[ \t]*|>)(?:"([^"\n]*)"|'([^'\n]*)'|(?!\/\/)([^\s,;&}"'<>]+))/g;
/** `--name value`, and alone on a line `requirepass value`. */
const spaced = /--([a-z][\w-]*)[ \t]+["']?([^\s"'-][^\s"']*)|^[ \t]*([\w.-]+)[ \t]+(\S+)[ \t]*$/gm;

/** Where nginx passes requests on to. */
const passesOn = /^(proxy|fastcgi|uwsgi|scgi|grpc|memcached)_pass$/;

/** Prose, as `# password: ask whoever knows`. What is secret by its own look is seen there, too. */
const comments = /^[ \t]*(?:#|\/\/|;).*$/gm;

/** Whether nothing but a list's dashes stands before a place in its line. */
const beginsLine = (text: string, at: number): boolean =>
  text[at] === '\n' || /^[\s-]*$/.test(text.slice(text.lastIndexOf('\n', at) + 1, at));

function secretInPairs(text: string): string | undefined {
  if (!/[:=>\s]/.test(text)) return undefined;
  const said = withoutExpansions(text.replace(comments, ''));
  for (const match of said.matchAll(pairs)) {
    const [, name = '', double, single, bare] = match;
    const value = double ?? single ?? bare ?? '';
    // Without quotes it may be code, `token = next(tokens)`, or a sentence, `Ask for the token: it is free`.
    const isCode = bare !== undefined && /[([{|]|=>|^[\w$]+\.\w+/.test(bare);
    const isSentence = bare !== undefined && /^\s\S+:/.test(match[0]) && !beginsLine(said, match.index);
    if (!isCode && !isSentence && isSecretBy(saysOf(name), value.trim()) && value.trim() !== '')
      return `it holds a ${name}`;
  }
  for (const [, option, given, name, value = ''] of said.matchAll(spaced)) {
    const isFound =
      option === undefined
        ? saysOf(name ?? '') === 'password' && !passesOn.test(name ?? '') && isSecretBy('password', value)
        : isSecretBy(saysOf(option), given ?? '');
    if (isFound) return `it holds a ${option ?? name}`;
  }
  return undefined;
}

/** The name of an option, of which the next word of a command may be the value: `--api-token`. */
export const optionIn = (word: unknown): string | undefined =>
  typeof word === 'string' ? /^--?([A-Za-z][\w-]*)$/.exec(word)?.[1] : undefined;
