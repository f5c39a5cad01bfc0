import { looksSecret } from '@home/kubernetes';
import { freeName } from '../code/names';
import { type Fields, fieldsOf, itemsOf } from './fields';

/** A word of a command, or what of it is secret and what stands around that. */
export type Word = string | { readonly before: string; readonly name: string; readonly secret: string };

/**
 * The words of a command, with what looks secret in them told apart: the value of an option where it is one, and else the
 * whole word.
 *
 * @param isHidden tells of a text that it holds a secret that is known otherwise
 */
export function secretWords(
  words: readonly string[],
  isHidden: (word: string) => boolean = () => false,
): readonly Word[] {
  return words.map((word, index) => {
    const [, option] = /^--?([A-Za-z][\w.-]*)$/.exec(words[index - 1] ?? '') ?? [];
    const [, before = '', name = '', value = ''] = /^(--?([A-Za-z][\w.-]*)=)([\s\S]+)$/.exec(word) ?? [];
    if (value !== '' && (looksSecret(name, value) !== undefined || isHidden(value)))
      return { before, name: variableName(name), secret: value };
    const isSecret = looksSecret(option ?? '', word) !== undefined || isHidden(word);
    return isSecret ? { before: '', name: variableName(option ?? `word-${index + 1}`), secret: word } : word;
  });
}

/**
 * A container that reads what is secret in its commands from its environment, of which Kubernetes puts it there.
 *
 * @param kept what a word holds that stays as it is, since it is put together
 * @param hide gives the variable for a secret of a list of words
 */
export function withoutSecretWords(
  container: Fields,
  kept: RegExp,
  hide: (name: string, secret: string, list: string) => Fields,
): Fields {
  const env = [...itemsOf(container['env'])];
  const names = new Set(env.map((one) => fieldsOf(one)['name']));
  const lists = ['command', 'args'].filter((list) => Array.isArray(container[list]));
  const words = lists.map((list) => {
    const written = secretWords(itemsOf(container[list]).map(String)).map((word) => {
      if (typeof word === 'string') return word;
      if (kept.test(word.secret)) return word.before + word.secret;
      const name = freeName([word.name], (one) => !names.has(one), '_');
      names.add(name);
      env.push(hide(name, word.secret, list));
      return `${word.before}$(${name})`;
    });
    return [list, written] as const;
  });
  return { ...container, ...Object.fromEntries(words), ...(env.length > 0 && { env }) };
}

/** `requirepass`, `db-password` → `REQUIREPASS`, `DB_PASSWORD` */
const variableName = (option: string): string =>
  `SECRET_${option
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/\W+/g, '_')
    .toUpperCase()}`;
