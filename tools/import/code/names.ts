/** Words that are no name in a module, and names that every reader takes for something else. */
const reserved = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false ' +
    'finally for function if implements import in instanceof interface let new null package private protected public ' +
    'return static super switch this throw true try typeof undefined var void while with yield async of ' +
    'Array Boolean Date Error JSON Map Math Number Object Promise Proxy Reflect RegExp Set String Symbol NaN Infinity ' +
    'console exports global globalThis module process require __dirname __filename ' +
    'resource data ephemeral provider tf raw call variable locals output moved removed each count instance webApp'
  ).split(' '),
);

/** Whether a word is no name for something of one's own. */
export const isReserved = (word: string): boolean => reserved.has(word);

/** `grafana-agent`, `2048_game`, `app.kubernetes.io` → `grafanaAgent`, `game2048` … a name in camelCase. */
export function camelCase(text: string): string {
  const words = text.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const leading = words.findIndex((word) => /^[A-Za-z]/.test(word));
  const ordered = leading <= 0 ? words : [...words.slice(leading), ...words.slice(0, leading)];
  const [first = 'value', ...rest] = leading === -1 ? ['n', ...words] : ordered;
  return lowerFirst(first) + rest.map(upperFirst).join('');
}

/** `grafana agent` → `grafana-agent`: the name of a folder, a file or an address. */
export const kebabCase = (text: string): string => wordsIn(text).join('-') || 'imported';

/** `grafana_admin-password` → `grafana_admin_password`: the name of a variable in Terraform and in the environment. */
export function snakeCase(text: string): string {
  const name = wordsIn(text)
    .filter((word, index, all) => word !== all[index - 1])
    .join('_');
  return /^[a-z]/.test(name) ? name : `secret_${name}`;
}

/** `grafanaAgent_2` → `grafana`, `agent`, `2` */
const wordsIn = (text: string): string[] =>
  text
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');

/** A workload's name starts with a letter. */
export const workloadName = (wish: string): string => kebabCase(/^[a-z]/i.test(wish) ? wish : `app-${wish}`);

/** The first name that is free, or the last one with a number. */
export function freeName(
  wishes: readonly string[],
  isFree: (name: string) => boolean,
  separator = '-',
): string {
  const free = wishes.find(isFree);
  if (free !== undefined) return free;
  for (let number = 2; ; number += 1) {
    const name = `${wishes.at(-1)}${separator}${number}`;
    if (isFree(name)) return name;
  }
}

/** `HTTPRoute` → `httpRoute`, `Deployment` → `deployment`. */
const lowerFirst = (word: string): string =>
  word.replace(/^[A-Z]+(?![a-z])|^[A-Z]/, (start) => start.toLowerCase());

const upperFirst = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Gives each wish a name that nothing else in its scope has. */
export class Names {
  readonly #taken = new Set<string>();

  /** Keeps a name for something else. */
  reserve(name: string): void {
    this.#taken.add(name);
  }

  /** The wished name, or the wished name and a word or number that tells it from the others. */
  choose(wish: string, ...longer: readonly string[]): string {
    const isFree = (name: string): boolean => !reserved.has(name) && !this.#taken.has(name);
    const name = freeName([wish, ...longer], isFree, '');
    this.#taken.add(name);
    return name;
  }
}
