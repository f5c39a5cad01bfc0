/**
 * How a text is written so that Terraform reads back exactly the same text, for each position it can stand in.
 * HCL's native syntax: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#template-expressions,
 * its JSON syntax: https://github.com/hashicorp/hcl/blob/main/json/spec.md#expressions
 */
export const escape = {
  /** A JSON string that Terraform evaluates as a template: most values, and object keys. */
  template: escapeTemplate,
  /** A JSON string that Terraform takes as it is: a variable's default, a description. */
  literal: (text: string): string => text,
  /** A quoted string inside an expression. */
  quoted: (text: string): string => `"${escapeTemplate(escapeControl(text))}"`,
  /** Tells at one glance that a text is the same in a template and as a literal, and cannot be wrong. */
  isPlain: (text: string): boolean => !/[{\r\x80-\uffff]/.test(text),
} as const;

/** After a carriage return that no newline follows, Terraform 1.11 sees neither escapes nor interpolations. */
const loneReturn = /([$%]*)\r(?!\n)/g;

function escapeTemplate(text: string): string {
  const escaped = text.includes('{') ? text.replace(/([$%])\{/g, '$1$1{') : text;
  return text.includes('\r') ? escaped.replace(loneReturn, '${"$1\\r"}') : escaped;
}

function escapeControl(text: string): string {
  return text.replace(/["\\\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/g, (character) => {
    const short = shortEscapes.get(character);
    return short ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

const shortEscapes = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/**
 * Says what keeps a text from reaching Terraform unchanged; undefined when nothing does. Terraform normalizes every
 * string to NFC (https://developer.hashicorp.com/terraform/language/expressions/strings), which `normalize` does
 * beforehand, so that the file shows what will arrive.
 */
export function problemOfText(text: string): string | undefined {
  return text.isWellFormed() ? undefined : 'must be well-formed Unicode, but holds half of a surrogate pair';
}

/** Tells that a text is ASCII. Counting its bytes is what takes least. */
export const isAscii = (text: string): boolean => Buffer.byteLength(text) === text.length;

/** The form in which Terraform keeps a string. ASCII has only one, and what `normalize` gives takes twice the memory. */
export const normalize = (text: string): string => (isAscii(text) ? text : text.normalize('NFC'));
