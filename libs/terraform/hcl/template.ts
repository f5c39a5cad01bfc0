/** The code of a `${…}` or, as a directive, of a `%{…}`. */
export interface TemplateCode {
  readonly code: string;
  readonly isDirective?: true;
}

/** A string of JSON as Terraform reads it. */
export interface Template {
  /** The literal texts in it, unescaped, and between them the code of each `${…}` and `%{…}`, as it stands there. */
  readonly parts: readonly (string | TemplateCode)[];
  /**
   * All code in it, also that in the texts inside other code, which are blanked:
   * `${sha256("${a.b}/c")}` → `sha256("")`, `a.b`.
   */
  readonly codes: readonly string[];
  /** Whether the string is one `${…}` and nothing else, and so may give any type. */
  readonly single: boolean;
}

/** Tells whether anything in a string is code. A `$` before `${`, and a `%` before `%{`, makes text of it. */
export const holdsCode = (text: string): boolean => /(?<!\$)\$\{|(?<!%)%\{/.test(text);

/** Takes a string apart into the expressions in it. `$${` and `%%{` are text. */
export function readTemplate(text: string): Template {
  const parts: (string | TemplateCode)[] = [];
  const codes: string[] = [];
  let literal = '';
  let position = 0;
  while (position < text.length) {
    const opening = openingAt(text, position);
    if (opening === 'code') {
      if (literal !== '') parts.push(literal);
      literal = '';
      const end = readCode(text, position + 2, codes);
      const code = text.slice(position + 2, text[end - 1] === '}' ? end - 1 : end);
      parts.push({ code, ...(text[position] === '%' && { isDirective: true as const }) });
      position = end;
    } else {
      // Of `$${` the second sign and the brace remain.
      if (opening === 'escape') position += 1;
      const length = opening === 'escape' ? 2 : 1;
      literal += text.slice(position, position + length);
      position += length;
    }
  }
  if (literal !== '') parts.push(literal);
  return {
    parts,
    codes,
    single: parts.length === 1 && typeof parts[0] === 'object' && text.startsWith('${'),
  };
}

function openingAt(text: string, position: number): 'escape' | 'code' | undefined {
  const sign = text[position];
  if (sign !== '$' && sign !== '%') return undefined;
  if (text[position + 1] === '{') return 'code';
  return text[position + 1] === sign && text[position + 2] === '{' ? 'escape' : undefined;
}

/** Reads code up to the brace that closes it; the texts in it may hold more code. */
function readCode(text: string, start: number, codes: string[]): number {
  const index = codes.push('') - 1;
  let code = '';
  let depth = 1;
  let position = start;
  while (position < text.length) {
    const sign = text[position];
    if (sign === '"') {
      code += '""';
      position = readQuoted(text, position + 1, codes);
      continue;
    }
    if (sign === '{') depth += 1;
    if (sign === '}') depth -= 1;
    position += 1;
    if (depth === 0) break;
    code += sign;
  }
  codes[index] = code;
  return position;
}

/** The place behind the quote that ends a quoted text, which may hold code with quoted texts of its own. */
export const endOfQuoted = (text: string, start: number): number => readQuoted(text, start, []);

function readQuoted(text: string, start: number, codes: string[]): number {
  let position = start;
  while (position < text.length && text[position] !== '"') {
    const opening = openingAt(text, position);
    if (opening === 'code') position = readCode(text, position + 2, codes);
    else position += opening === 'escape' ? 3 : text[position] === '\\' ? 2 : 1;
  }
  return position + 1;
}
