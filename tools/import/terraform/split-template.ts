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
  const parts: TemplatePart[] = [];
  let text = '';
  let at = 0;
  while (at < template.length) {
    const sign = template[at];
    if ((sign === '$' || sign === '%') && template[at + 1] === '{') {
      const end = endOfSequence(template, at + 2);
      if (text !== '') parts.push({ kind: 'text', text });
      text = '';
      const source = template.slice(at + 2, end).replace(/^~|~$/g, '');
      parts.push({ kind: sign === '$' ? 'expression' : 'directive', source: source.trim() });
      at = end + 1;
    } else if ((sign === '$' || sign === '%') && template.startsWith(`${sign}${sign}{`, at)) {
      text += `${sign}{`;
      at += 3;
    } else {
      text += sign;
      at += 1;
    }
  }
  if (text !== '' || parts.length === 0) parts.push({ kind: 'text', text });
  return parts;
}

/** The place of the brace that ends a sequence; braces in nested braces, strings and comments do not. */
function endOfSequence(source: string, start: number): number {
  let depth = 0;
  for (let at = start; at < source.length; at += 1) {
    const sign = source[at];
    if (sign === '"') at = endOfString(source, at + 1);
    else if (sign === '{') depth += 1;
    else if (sign === '}') {
      if (depth === 0) return at;
      depth -= 1;
    }
  }
  return source.length;
}

/** The place of the quote that ends a string, which may hold sequences with strings of their own. */
export function endOfString(source: string, start: number): number {
  for (let at = start; at < source.length; at += 1) {
    const sign = source[at];
    if (sign === '\\') at += 1;
    else if (sign === '"') return at;
    else if ((sign === '$' || sign === '%') && source[at + 1] === '{') {
      const escaped = source[at - 1] === sign;
      if (!escaped) at = endOfSequence(source, at + 2);
    }
  }
  return source.length;
}

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

/** Resolves what a heredoc escapes: `$${` and `%%{`. */
export const unescapeTemplate = (source: string): string => source.replace(/([$%])\1\{/g, '$1{');

const letters: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };
