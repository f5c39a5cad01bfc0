/** What a text became, and what it took from outside. */
export interface Interpolated {
  readonly text: string;
  /** Variables that it names. */
  readonly names: readonly string[];
  /** Those that have no value and no default. */
  readonly unset: readonly string[];
}

/**
 * Puts variables into a text as compose does: `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME-default}`,
 * `${NAME:?message}`, `${NAME:+replacement}`; `$$` is a dollar sign. Defaults may hold variables themselves.
 * https://docs.docker.com/reference/compose-file/interpolation/
 */
export function interpolate(text: string, values: ReadonlyMap<string, string>): Interpolated {
  const names: string[] = [];
  const unset: string[] = [];
  const inner = (part: string): string => {
    const made = interpolate(part, values);
    names.push(...made.names);
    unset.push(...made.unset);
    return made.text;
  };
  let made = '';
  for (let at = 0; at < text.length;) {
    const rest = text.slice(at);
    const [plain] = /^[^$]+/.exec(rest) ?? [];
    const [bare, bareName] = /^\$([A-Za-z_]\w*)/.exec(rest) ?? [];
    const braced = rest.startsWith('${') ? bracedAt(rest) : undefined;
    if (plain !== undefined || rest.startsWith('$$')) {
      made += plain ?? '$';
      at += plain?.length ?? 2;
      continue;
    }
    const name = bareName ?? braced?.name;
    if (name === undefined) {
      made += '$';
      at += 1;
      continue;
    }
    const value = values.get(name);
    names.push(name);
    made += valueOf(value, braced, inner, () => unset.push(name));
    at += bare?.length ?? braced?.length ?? 1;
  }
  return { text: made, names, unset };
}

interface Braced {
  readonly name: string;
  /** `:-`, `-`, `:?`, `?`, `:+`, `+`, or nothing. */
  readonly operator: string;
  readonly operand: string;
  readonly length: number;
}

function valueOf(
  value: string | undefined,
  { operator, operand }: Pick<Braced, 'operator' | 'operand'> = { operator: '', operand: '' },
  inner: (text: string) => string,
  lacks: () => void,
): string {
  const isSet = operator.startsWith(':') ? value !== undefined && value !== '' : value !== undefined;
  if (operator.endsWith('+')) return isSet ? inner(operand) : '';
  if (isSet || (operator === '' && value !== undefined)) return value ?? '';
  if (operator.endsWith('-')) return inner(operand);
  lacks();
  return '';
}

/** Reads `${NAME:-default}` up to its own closing brace. */
function bracedAt(text: string): Braced | undefined {
  const [start, name = '', operator = ''] = /^\$\{([A-Za-z_]\w*)(:?[-?+])?/.exec(text) ?? [];
  if (start === undefined) return undefined;
  let depth = 1;
  for (let at = start.length; at < text.length; at += 1) {
    if (text.startsWith('${', at)) depth += 1;
    else if (text[at] === '}') depth -= 1;
    if (depth === 0) return { name, operator, operand: text.slice(start.length, at), length: at + 1 };
  }
  return undefined;
}

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
