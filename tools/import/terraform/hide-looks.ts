import { looksSecret, optionIn } from '@home/kubernetes';
import { isPlainObject } from '@home/terraform';
import { withoutSecretWords } from '../kubernetes/secret-words';
import { mapMembers } from './block-order';
import { isWrittenOut, takeFiles, takeTexts } from './secret-texts';
import { type TemplatePart, escapeTemplate, splitTemplate, templateOf } from './split-template';

/** What becomes of what looks secret; `path` leads to it, and ends in what it is called. */
export interface Hiding {
  /** Gives the reference that takes its place. */
  take(path: readonly (string | number)[], origin?: string): string;
  /** Takes note of one of which some part stays. */
  doubt(path: readonly (string | number)[]): void;
  /** The text of a file of the module's folder. */
  textOf(file: string): string | undefined;
}

/**
 * A value without what looks secret in it, wherever that stands: under a name that says so, in a URL, in a file of configuration,
 * among the words of a command.
 */
export function withoutLooks(
  value: unknown,
  path: readonly (string | number)[],
  hiding: Hiding,
  name = String(path.at(-1)),
): unknown {
  if (Array.isArray(value))
    return value.map((item: unknown, index) =>
      withoutLooks(item, [...path, index], hiding, optionIn(value[index - 1]) ?? name),
    );
  if (isPlainObject(value)) {
    const { name: called } = value;
    const body =
      name === 'container' || name === 'init_container'
        ? withoutSecretWords(value, /\$\(|[$%]\{/, (variable) => ({
            name: variable,
            value: hiding.take([...path, variable]),
          }))
        : value;
    return mapMembers(body, (key, member) => {
      const isNamed = key === 'value' && typeof called === 'string';
      return withoutLooks(member, [...path, isNamed ? called : key], hiding);
    });
  }
  if (typeof value !== 'string' && typeof value !== 'number') return value;
  const own = [...path.slice(0, -1), name];
  if (isWrittenOut(value)) return looksSecret(name, String(value)) === undefined ? value : hiding.take(own);
  return typeof value === 'string' ? withoutTexts(value, own, hiding) : value;
}

/** What is put together: a file's text, texts in an expression, and what stands around expressions. */
function withoutTexts(value: string, path: readonly (string | number)[], hiding: Hiding): string {
  const name = String(path.at(-1));
  const [part, ...more] = splitTemplate(value);
  if (part?.kind === 'expression' && more.length === 0) {
    const withoutFiles = takeFiles(part.source, (one) =>
      looksSecret(name, hiding.textOf(one) ?? '') === undefined
        ? undefined
        : hiding.take(path, `, the text of ${one}`).slice(2, -1),
    );
    const { source } = takeTexts(
      withoutFiles,
      (_, key) => hiding.take([...path, ...(key === undefined ? [] : [key])]).slice(2, -1),
      (text, key) => looksSecret(key ?? name, text) !== undefined,
    );
    return `\${${source}}`;
  }
  const shown = (parts: readonly TemplatePart[]): string =>
    parts.map((one) => (one.kind === 'text' ? one.text : '${unknown}')).join('');
  if (looksSecret(name, shown(splitTemplate(value))) === undefined) return value;
  const made = splitTemplate(value).map((one) =>
    one.kind === 'text'
      ? withoutLines(one.text, () => hiding.take(path, ', the line of it that is secret'))
      : templateOf([one]),
  );
  if (looksSecret(name, shown(splitTemplate(made.join('')))) !== undefined) hiding.doubt(path);
  return made.join('');
}

/** A text between expressions without the lines that look secret, as a template; a key of several lines goes as one. */
function withoutLines(text: string, take: () => string): string {
  const pieces = text.includes('PRIVATE KEY') ? [text] : text.split(/(?<=\n)/);
  return pieces
    .map((piece) => {
      if (looksSecret('', piece) === undefined) return escapeTemplate(piece);
      const [, before = '', after = ''] = /^(\s*).*?(\s*)$/s.exec(piece) ?? [];
      return before + take() + after;
    })
    .join('');
}
