import { readTemplate } from '@home/terraform';

/** A part of a template: text, `${…}` or `%{…}`. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'expression' | 'directive'; readonly source: string };

/**
 * Takes a template apart as hcl2json gives it: escapes of a quoted string are resolved already, `$${` and `%%{` are not.
 *
 *     "a ${b} $${c}" → [text "a ", expression "b", text " ${c}"]
 */
export function splitTemplate(template: string): TemplatePart[] {
  const parts = readTemplate(template).parts.map((part): TemplatePart => {
    if (typeof part === 'string') return { kind: 'text', text: part };
    const source = part.code.replace(/^~|~$/g, '').trim();
    return { kind: part.isDirective ? 'directive' : 'expression', source };
  });
  return parts.length === 0 ? [{ kind: 'text', text: '' }] : parts;
}

/** The template that some parts make. */
export const templateOf = (parts: readonly TemplatePart[]): string =>
  parts
    .map((one) => (one.kind === 'text' ? escapeTemplate(one.text) : `${marks[one.kind]}{${one.source}}`))
    .join('');

const marks = { expression: '$', directive: '%' };

/** Resolves the escapes of a quoted string, and of a template: `\n`, `é`, `$${`. */
export function unescapeQuoted(source: string): string {
  return unescapeTemplate(
    source.replace(/\\(n|r|t|"|\\|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/g, (_, escape: string) => {
      const letter = letters[escape];
      return letter ?? String.fromCodePoint(parseInt(escape.slice(1), 16));
    }),
  );
}

/** Text as hcl2json gives it, a template: the opposite of `unescapeTemplate`. */
export const escapeTemplate = (text: string): string => text.replace(/([$%])\{/g, '$1$1{');

/** Text as it stands between the quotes of an expression's string. */
export const quoted = (text: string): string =>
  JSON.stringify(text)
    .slice(1, -1)
    .replace(/\\([bf])/g, (_, letter: string) => (letter === 'b' ? '\\u0008' : '\\u000c'))
    .replace(/([$%])\{/g, '$1$1{');

/** Resolves what a heredoc escapes: `$${` and `%%{`. */
export const unescapeTemplate = (source: string): string => source.replace(/([$%])\1\{/g, '$1{');

const letters: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };
