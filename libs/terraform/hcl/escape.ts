import { type Problem } from '../problem';

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

/** Terraform leaves out a byte order mark that a template begins with, and no other. */
function escapeTemplate(text: string): string {
  const escaped = text.includes('{') ? text.replace(/([$%])\{/g, '$1$1{') : text;
  const whole = text.includes('\r') ? escaped.replace(loneReturn, '${"$1\\r"}') : escaped;
  return whole.startsWith('\ufeff') ? `\${"\\ufeff"}${whole.slice(1)}` : whole;
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
 * Says what keeps a text from reaching Terraform unchanged; undefined when nothing does. Terraform normalizes every string
 * to NFC: https://developer.hashicorp.com/terraform/language/expressions/strings
 */
export function problemOfText(text: string): Pick<Problem, 'what' | 'remedy'> | undefined {
  if (isAscii(text)) return undefined;
  if (!text.isWellFormed()) {
    const what = 'must be well-formed Unicode, but holds half of a surrogate pair';
    return { what, remedy: 'Correct the text' };
  }
  const changed = firstNot(text, text.normalize('NFC')) ?? mistakenForAnother(text);
  if (changed === undefined) return undefined;
  const codes = Array.from(changed, (one) => `U+${codeOf(one).toString(16).toUpperCase().padStart(4, '0')}`);
  return {
    what: `must hold nothing that Terraform turns into other characters, but holds "${changed}" (${codes.join(' ')})`,
    remedy: 'Write it in Unicode’s normal form C, as .normalize() gives it',
  };
}

/** The character, with its accents, from which on a text differs from its normal form. */
function firstNot(text: string, normal: string): string | undefined {
  if (text === normal) return undefined;
  const [given, kept] = [Array.from(text), Array.from(normal)];
  const at = given.findIndex((one, index) => one !== kept[index]);
  return /.\p{M}*/su.exec(given.slice(at).join(''))?.[0];
}

/**
 * Go's normalization looks a character and its accent up by their last 16 bits: it makes U+00C1 of U+10041 U+0301, as if
 * that were U+0041 U+0301. https://pkg.go.dev/golang.org/x/text/unicode/norm
 */
function mistakenForAnother(text: string): string | undefined {
  for (const [letter, accents = ''] of text.matchAll(/.(?=(\p{M}+))/gsu)) {
    if (Array.from(accents).some((accent) => isMistaken(letter, accent))) return `${letter}${accents}`;
  }
  return undefined;
}

/**
 * Tells that another letter and accent with the same last 16 bits make up a third character, and not only in another order.
 * Go composes Hangul by arithmetic, so that nothing is taken for it.
 */
function isMistaken(letter: string, accent: string): boolean {
  return [0, codeOf(accent) & ~0xffff].some((plane) => {
    const [first = '', second] = [letter, accent].map((one) =>
      String.fromCodePoint(plane | (codeOf(one) & 0xffff)),
    );
    const pair = `${first}${second}`;
    return (
      pair !== `${letter}${accent}` &&
      first === first.normalize('NFC') &&
      /^\P{Script=Hangul}$/u.test(pair.normalize('NFC')) &&
      `${first.normalize('NFD')}${second}` === pair.normalize('NFD')
    );
  });
}

const codeOf = (character: string): number => character.codePointAt(0) ?? 0;

/** Tells that a text is ASCII. Counting its bytes is what takes least. */
export const isAscii = (text: string): boolean => Buffer.byteLength(text) === text.length;
