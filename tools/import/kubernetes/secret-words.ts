import { looksSecret } from '@home/kubernetes';

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

/** `requirepass`, `db-password` → `REQUIREPASS`, `DB_PASSWORD` */
const variableName = (option: string): string =>
  `SECRET_${option
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/\W+/g, '_')
    .toUpperCase()}`;
