import { endOfQuoted } from '@home/terraform';

/** Where things stand in a file of HCL: what hcl2json does not tell. */
export interface LayoutBody {
  readonly items: readonly LayoutItem[];
}

export interface LayoutItem {
  /** The argument's name, or the block's type. */
  readonly name: string;
  /** Of a block: `["kubernetes_service_v1", "web"]`. */
  readonly labels: readonly string[];
  readonly line: number;
  /** The lines of the comment right above it, without their signs. */
  readonly comment: readonly string[];
  /** Of a block, and of an argument that is an object. */
  readonly body?: LayoutBody;
}

/** Finds the blocks and arguments of a file, which is known to be HCL. */
export const scanLayout = (source: string): LayoutBody =>
  new Scanner(tokensIn(source).filter(({ text }) => !/^[^\S\n]/.test(text))).body();

interface Token {
  readonly text: string;
  readonly line: number;
}

/** A heredoc, a comment, a word, a sign; of a quoted text the first quote. */
const token =
  /<<-?([A-Za-z_][\w-]*)\r?\n(?:.*\n)*?[ \t]*\1[ \t]*(?=\r?(?:\n|$))|(?:#|\/\/).*|\/\*[^]*?\*\/|[A-Za-z_][\w-]*|\d+|[^\S\n]+|[^]/y;

function tokensIn(source: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  for (let at = 0; at < source.length;) {
    token.lastIndex = at;
    const [found = ''] = token.exec(source) ?? [];
    const text = found === '"' ? source.slice(at, endOfQuoted(source, at + 1)) : found;
    tokens.push({ text, line });
    line += text.split('\n').length - 1;
    at += text.length;
  }
  return tokens;
}

/**
 * HCL of the same lines as hcl2json can read it: without comments, which would else stay in the source of expressions, and
 * with whole numbers that JavaScript cannot count up to as texts, which Terraform takes for them.
 */
export function readableSource(source: string): string {
  const texts = tokensIn(source).map(({ text }) => text);
  const isWhole = (at: number): boolean => texts[at - 1] !== '.' && texts[at + 1] !== '.';
  return texts
    .map((text, at) => {
      if (isComment(text)) return text.replace(/[^\n]/g, '');
      return /^\d{16,}$/.test(text) && isWhole(at) ? `"${text}"` : text;
    })
    .join('');
}

const isComment = (text: string): boolean => /^(#|\/\/|\/\*)/.test(text);

class Scanner {
  #at = 0;
  #comment: string[] = [];
  #commentEnd = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  body(): LayoutBody {
    const items: LayoutItem[] = [];
    for (;;) {
      const found = this.tokens[this.#at];
      if (found === undefined || found.text === '}') {
        this.#at += 1;
        return { items };
      }
      if (isWord(found)) items.push(this.#item(found));
      else if (/^(#|\/\/)/.test(found.text)) this.#takeComment(found);
      else if (/^(\s|,|\/\*)/.test(found.text)) this.#at += 1;
      else items.push(this.#computed(found.line));
    }
  }

  #item({ text, line }: Token): LayoutItem {
    const comment = this.#commentEnd === line - 1 ? this.#comment : [];
    this.#comment = [];
    const labels: string[] = [];
    for (;;) {
      this.#at += 1;
      const found = this.tokens[this.#at];
      const start = { name: unquoted(text), labels, line, comment };
      if (found?.text === '{') {
        this.#at += 1;
        return { ...start, body: this.body() };
      }
      if (found?.text === '=' || found?.text === ':') return { ...start, ...this.#value() };
      if (found === undefined || !isWord(found)) return this.#computed(line);
      labels.push(unquoted(found.text));
    }
  }

  /** Skips a member whose key is computed, `(var.name) = …` or `lower(var.name) = …`, or the head of a `for`. */
  #computed(line: number): LayoutItem {
    const sign = this.#skipTo('\n}=:');
    if (sign === '=' || sign === ':') this.#value();
    return { name: '', labels: [], line, comment: [] };
  }

  /** Skips a sign and the value behind it to the end of its line; the members of an object are kept. */
  #value(): { body?: LayoutBody } {
    this.#at += 1;
    let body: LayoutBody | undefined;
    if (this.tokens[this.#at]?.text === '{') {
      this.#at += 1;
      body = this.body();
    }
    this.#skipTo('\n,}');
    return body === undefined ? {} : { body };
  }

  /** Skips all up to one of some signs that stands outside of brackets, and gives it. */
  #skipTo(ends: string): string | undefined {
    for (let depth = 0; ; this.#at += 1) {
      const sign = this.tokens[this.#at]?.text;
      if (sign === undefined || (depth === 0 && ends.includes(sign))) return sign;
      if ('([{'.includes(sign)) depth += 1;
      if (')]}'.includes(sign)) depth -= 1;
    }
  }

  #takeComment({ text, line }: Token): void {
    const words = text.replace(/^(#+|\/\/+) ?/, '').trimEnd();
    this.#comment = this.#commentEnd === line - 1 ? [...this.#comment, words] : [words];
    this.#commentEnd = line;
    this.#at += 1;
  }
}

const isWord = ({ text }: Token): boolean => /^["\w]/.test(text);

const unquoted = (word: string): string => (word.startsWith('"') ? word.slice(1, -1) : word);
