/**
 * Reads an `.env` file: `NAME=value`, quoted or not, with comments.
 *
 * @returns name → value, in the order of the file
 */
export function readEnvFile(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const line =
    /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*[=:][ \t]*(?:"((?:\\.|[^"\\])*)"|'([^']*)'|([^\r\n]*))/gm;
  for (const [, name = '', quoted, single, plain = ''] of text.matchAll(line)) {
    const value = quoted?.replace(/\\([nrt"\\$])/g, (_, escaped: string) => escapes[escaped] ?? escaped);
    values.set(name, value ?? single ?? plain.replace(/(^|\s)#.*$/, '').trim());
  }
  return values;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
