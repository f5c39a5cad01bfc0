/** A string of JSON as Terraform reads it. */
export interface Template {
  /** The code of each `${…}` and `%{…}`, with the texts inside blanked: `sha256("a.b")` → `sha256("")`. */
  readonly codes: readonly string[];
  /** Whether the string is one `${…}` and nothing else, and so may give any type. */
  readonly single: boolean;
}

/** Tells whether anything in a string is code. A `$` before `${`, and a `%` before `%{`, makes text of it. */
export const holdsCode = (text: string): boolean => /(?<!\$)\$\{|(?<!%)%\{/.test(text);

/** Takes a string apart into the expressions in it. `$${` and `%%{` are text. */
export function readTemplate(text: string): Template {
  const codes: string[] = [];
  let position = 0;
  let single = false;
  while (position < text.length) {
    const opening = openingAt(text, position);
    if (opening === 'escape') position += 3;
    else if (opening === 'code') {
      const end = readCode(text, position + 2, codes);
      single ||= position === 0 && end === text.length && text.startsWith('${');
      position = end;
    } else position += 1;
  }
  return { codes, single };
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

function readQuoted(text: string, start: number, codes: string[]): number {
  let position = start;
  while (position < text.length && text[position] !== '"') {
    const opening = openingAt(text, position);
    if (opening === 'code') position = readCode(text, position + 2, codes);
    else position += opening === 'escape' ? 3 : text[position] === '\\' ? 2 : 1;
  }
  return position + 1;
}
