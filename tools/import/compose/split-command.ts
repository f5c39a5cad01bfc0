import { itemsOf } from '../kubernetes/fields';

/** A command as compose takes it: a list of words, or a text that is split as a shell would. */
export function readCommand(given: unknown): readonly string[] | undefined {
  if (given === undefined || given === null) return undefined;
  return Array.isArray(given) ? itemsOf(given).map(String) : splitCommand(String(given));
}

/** `sh -c "echo 'it works'"` → `sh`, `-c`, `echo 'it works'` */
export function splitCommand(text: string): string[] {
  const words: string[] = [];
  const piece = /\s*((?:[^\s"'\\]|\\[\s\S]|"(?:\\[\s\S]|[^"\\])*"|'[^']*'|["'\\])+)/g;
  for (const [, word = ''] of text.matchAll(piece)) words.push(unquote(word));
  return words;
}

function unquote(word: string): string {
  return word.replace(
    /"((?:\\[\s\S]|[^"\\])*)"|'([^']*)'|\\([\s\S])/g,
    (_, double: string | undefined, single: string | undefined, escaped: string | undefined) =>
      double?.replace(/\\(["\\$`\n])/g, '$1') ?? single ?? escaped ?? '',
  );
}
