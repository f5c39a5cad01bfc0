/** What a text became, and what it took from outside. */
export interface Interpolated {
  readonly text: string;
  /** Variables that it names. */
  readonly names: readonly string[];
  /** What was put in for them, in the same order. */
  readonly values: readonly string[];
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
  const taken: string[] = [];
  const unset: string[] = [];
  const put = (part: string): string => {
    let made = '';
    for (let at = 0; at < part.length;) {
      const variable = variableAt(part.slice(at));
      made += variable === undefined ? part.charAt(at) : take(variable);
      at += variable?.length ?? (part.startsWith('$$', at) ? 2 : 1);
    }
    return made;
  };
  const take = (variable: Variable): string => {
    names.push(variable.name);
    const at = taken.push('') - 1;
    return (taken[at] = valueOf(variable));
  };
  const valueOf = ({ name, operator, operand }: Variable): string => {
    const value = values.get(name);
    const isSet = value !== undefined && (value !== '' || !operator.startsWith(':'));
    if (operator.endsWith('+')) return isSet ? put(operand) : '';
    if (isSet) return value;
    if (operator.endsWith('-')) return put(operand);
    unset.push(name);
    return '';
  };
  return { text: put(text), names, values: taken, unset };
}

interface Variable {
  readonly name: string;
  /** `:-`, `-`, `:?`, `?`, `:+`, `+`, or nothing. */
  readonly operator: string;
  readonly operand: string;
  readonly length: number;
}

/** Reads the variable that a text begins with: `$NAME`, or `${NAME:-default}` up to its own closing brace. */
function variableAt(text: string): Variable | undefined {
  const [start, bare, braced = '', operator = ''] =
    /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(:?[-?+])?)/.exec(text) ?? [];
  if (start === undefined) return undefined;
  if (bare !== undefined) return { name: bare, operator: '', operand: '', length: start.length };
  for (let at = start.length, depth = 1; at < text.length; at += 1) {
    if (text.startsWith('${', at)) depth += 1;
    else if (text[at] === '}') depth -= 1;
    if (depth === 0) return { name: braced, operator, operand: text.slice(start.length, at), length: at + 1 };
  }
  return undefined;
}

/**
 * Reads an `.env` file: `NAME=value`, quoted or not, with comments. But between single quotes variables are put in, those of
 * the lines before among them. https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax
 *
 * @param outer variables from outside, which win
 * @returns name → value, in the order of the file
 */
export function readEnvFile(
  text: string,
  outer: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, Interpolated> {
  const found = new Map<string, Interpolated>();
  const known = new Map(outer);
  const line =
    /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*[=:][ \t]*(?:"((?:\\.|[^"\\])*)"|'([^']*)'|([^\r\n]*))/gm;
  for (const [, name = '', quoted, single, plain = ''] of text.matchAll(line)) {
    const written =
      quoted?.replace(/\\([nrt"\\$])/g, (_, escaped: string) => escapes[escaped] ?? escaped) ??
      single?.replaceAll('$', '$$$$') ??
      plain.replace(/(^|\s)#.*$/, '').trim();
    const made = interpolate(written, known);
    found.set(name, made);
    if (!outer.has(name)) known.set(name, made.text);
  }
  return found;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', $: '$$' };
