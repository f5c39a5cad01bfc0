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
export function scanLayout(source: string): LayoutBody {
  return new Scanner(source).body();
}

class Scanner {
  #at = 0;
  #line = 1;
  #comment: string[] = [];
  #commentEnd = 0;

  constructor(private readonly source: string) {}

  body(): LayoutBody {
    const items: LayoutItem[] = [];
    for (;;) {
      this.#skipSpace();
      const sign = this.source[this.#at];
      if (sign === undefined || sign === '}') {
        this.#at += 1;
        return { items };
      }
      const name = this.#word();
      items.push(name === undefined ? this.#computed(this.#line) : this.#item(name));
    }
  }

  #item(name: string): LayoutItem {
    const line = this.#line;
    const comment = this.#commentEnd === line - 1 ? this.#comment : [];
    this.#comment = [];
    const labels: string[] = [];
    for (;;) {
      this.#skipBlanks();
      const sign = this.source[this.#at];
      if (sign === '{') {
        this.#at += 1;
        return { name, labels, line, comment, body: this.body() };
      }
      if (sign === '=' || sign === ':') {
        this.#at += 1;
        return { name, labels, line, comment, ...this.#value() };
      }
      const label = sign === undefined || sign === '\n' ? undefined : this.#word();
      if (label === undefined) return this.#computed(line);
      labels.push(label);
    }
  }

  /** Skips a member whose key is computed, `(var.name) = …` or `lower(var.name) = …`, or the head of a `for`. */
  #computed(line: number): LayoutItem {
    let depth = 0;
    for (;;) {
      const sign = this.source[this.#at];
      if (sign === undefined || (depth === 0 && (sign === '\n' || sign === '}'))) break;
      if (depth === 0 && (sign === '=' || sign === ':')) {
        this.#at += 1;
        this.#value();
        break;
      }
      if ('([{'.includes(sign)) depth += 1;
      if (')]}'.includes(sign)) depth -= 1;
      this.#skipOne();
    }
    return { name: '', labels: [], line, comment: [] };
  }

  /** Skips an argument's value to the end of its line; the members of an object are kept. */
  #value(): { body?: LayoutBody } {
    this.#skipBlanks();
    let body: LayoutBody | undefined;
    if (this.source[this.#at] === '{') {
      this.#at += 1;
      body = this.body();
    }
    let depth = 0;
    for (;;) {
      const sign = this.source[this.#at];
      if (sign === undefined || (depth === 0 && (sign === '\n' || sign === ',' || sign === '}'))) break;
      if ('([{'.includes(sign)) depth += 1;
      if (')]}'.includes(sign)) depth -= 1;
      this.#skipOne();
    }
    return body === undefined ? {} : { body };
  }

  /** Skips one sign, or a whole string, heredoc or comment. */
  #skipOne(): void {
    const rest = this.source.slice(this.#at, this.#at + 200);
    const heredoc = /^<<-?([A-Za-z_][\w-]*)\r?\n/.exec(rest);
    if (heredoc !== null) {
      const end = new RegExp(`^[ \\t]*${heredoc[1]}[ \\t]*\\r?$`, 'm');
      const from = this.#at + heredoc[0].length;
      const found = end.exec(this.source.slice(from));
      this.#moveTo(found === null ? this.source.length : from + found.index + found[0].length);
    } else if (rest.startsWith('"')) this.#moveTo(endOfQuoted(this.source, this.#at + 1));
    else if (/^(#|\/\/)/.test(rest)) this.#moveTo(this.#endOfLine());
    else if (rest.startsWith('/*')) this.#moveTo(this.#after('*/'));
    else this.#moveTo(this.#at + 1);
  }

  #skipSpace(): void {
    for (;;) {
      const rest = this.source.slice(this.#at, this.#at + 2);
      if (/^[\s,]/.test(rest)) this.#moveTo(this.#at + 1);
      else if (/^(#|\/\/)/.test(rest)) this.#takeComment();
      else if (rest === '/*') this.#moveTo(this.#after('*/'));
      else return;
    }
  }

  #takeComment(): void {
    const start = this.#line;
    const end = this.#endOfLine();
    const text = this.source
      .slice(this.#at, end)
      .replace(/^(#+|\/\/+) ?/, '')
      .trimEnd();
    this.#comment = this.#commentEnd === start - 1 ? [...this.#comment, text] : [text];
    this.#commentEnd = start;
    this.#moveTo(end);
  }

  #skipBlanks(): void {
    while (/[ \t\r]/.test(this.source[this.#at] ?? '')) this.#at += 1;
  }

  #word(): string | undefined {
    const plain = /^[A-Za-z_][\w-]*|^\d+/.exec(this.source.slice(this.#at, this.#at + 400))?.[0];
    if (plain !== undefined) {
      this.#at += plain.length;
      return plain;
    }
    if (this.source[this.#at] !== '"') return undefined;
    const end = endOfQuoted(this.source, this.#at + 1) - 1;
    const word = this.source.slice(this.#at + 1, end);
    this.#moveTo(end + 1);
    return word;
  }

  #endOfLine(): number {
    const end = this.source.indexOf('\n', this.#at);
    return end === -1 ? this.source.length : end;
  }

  #after(mark: string): number {
    const end = this.source.indexOf(mark, this.#at);
    return end === -1 ? this.source.length : end + mark.length;
  }

  #moveTo(at: number): void {
    for (let place = this.#at; place < at; place += 1) if (this.source[place] === '\n') this.#line += 1;
    this.#at = at;
  }
}
