import { endOfQuoted, isPlainObject } from '@home/terraform';
import { splitTemplate, unescapeQuoted } from './split-template';

/** Whether a value is all there, with nothing that Terraform computes. */
export function isWrittenOut(value: unknown): boolean {
  if (typeof value === 'number' || typeof value === 'boolean') return true;
  return (
    typeof value === 'string' && value !== '' && splitTemplate(value).every(({ kind }) => kind === 'text')
  );
}

/** Whether some text or number in a value is written out. */
export function holdsWrittenOut(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsWrittenOut);
  if (isPlainObject(value)) return Object.values(value).some(holdsWrittenOut);
  return typeof value !== 'boolean' && isWrittenOut(value);
}

const fileCall = /\bfile(?:base64)?\("(?:\$\{path\.(?:module|root)\}\/)?([^"$]+)"\)/;

/** The file that a value is the text of: `${file("${path.module}/tls.key")}`. */
export const fileOf = (value: string): string | undefined =>
  new RegExp(`^\\$\\{${fileCall.source.slice(2)}\\}$`).exec(value)?.[1];

/** An expression with something else in the place of the texts of files: `jsondecode(file("login.json"))`. */
export const takeFiles = (source: string, take: (file: string) => string | undefined): string =>
  source.replace(new RegExp(fileCall, 'g'), (call, file: string) => take(file) ?? call);

/** An expression without the texts that may be secret in it, and whether it holds other text. */
export interface WithoutTexts {
  readonly source: string;
  readonly holdsText: boolean;
}

/**
 * Takes the texts out of an expression that are values of an object, branches of a condition, or what a function encodes:
 * `base64encode("a")` → `base64encode(var.x)`. Keys, formats and separators stay.
 *
 * @param take gives the source that takes a text's place; `key` is that of an object, if it is the value of one
 * @param isMeant tells which texts to take, wherever they stand but for keys
 */
export function takeTexts(
  source: string,
  take: (text: string, key?: string) => string,
  isMeant?: (text: string, key?: string) => boolean,
): WithoutTexts {
  let made = '';
  let holdsText = false;
  for (let at = 0; at < source.length; at += 1) {
    if (source[at] !== '"') {
      made += source.charAt(at);
      continue;
    }
    const end = endOfQuoted(source, at + 1) - 1;
    const before = source.slice(0, at);
    const quoted = source.slice(at + 1, end);
    const isPlain = !/[$%]\{/.test(quoted.replace(/([$%])\1\{/g, ''));
    const isKey = /^\s*(=(?!=)|:)/.test(source.slice(end + 1)) && /(^|[{,\n])\s*$/.test(before);
    const text = unescapeQuoted(quoted);
    const key = /(?:"([^"]*)"|([\w.-]+))\s*(?:(?<![=!<>])=|:)\s*$/.exec(before)?.slice(1).find(Boolean);
    const isTaken = isMeant === undefined ? isValueAfter(before) : isMeant(text, key);
    if (isPlain && quoted !== '' && !isKey && isTaken) made += take(text, key);
    else {
      made += source.slice(at, end + 1);
      holdsText ||= !isKey && !before.endsWith('[') && !quoted.includes('${path.') && saysMore(quoted);
    }
    at = end;
  }
  return { source: made, holdsText };
}

const isValueAfter = (before: string): boolean =>
  /(^|[^=!<>])=\s*$|[:?]\s*$|\b(base64encode|base64gzip|sensitive|nonsensitive|trimspace|chomp|tostring)\(\s*$/.test(
    before,
  );

/** Whether a quoted string holds letters or digits besides what is computed and what stands for a value. */
const saysMore = (quoted: string): boolean =>
  splitTemplate(quoted).some(
    (part) => part.kind === 'text' && /\w/.test(part.text.replace(/%[-+#\d.]*[a-z]/g, '')),
  );
