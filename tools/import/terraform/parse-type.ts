import type { HclType } from './hcl-type';

/**
 * Reads a type constraint: `map(object({ port = number, host = optional(string, "x") }))`.
 * https://developer.hashicorp.com/terraform/language/expressions/type-constraints
 *
 * @returns `dynamic` for `any` and for what it does not understand
 */
export function parseType(source: string): HclType {
  const tokens = source.match(/"(?:[^"\\]|\\.)*"|[A-Za-z_][\w-]*|[^\s\w]|\d+(?:\.\d+)?|\n/g) ?? [];
  return new Parser(tokens.filter((token, index) => token !== '\n' || tokens[index - 1] !== '\n')).type();
}

class Parser {
  #at = 0;

  constructor(private readonly tokens: readonly string[]) {}

  type(): HclType {
    this.#skipLines();
    const word = this.#next();
    if (this.#peek() !== '(') {
      return word === 'string' || word === 'number' || word === 'bool' ? word : 'dynamic';
    }
    this.#next();
    const type = this.#constructed(word);
    this.#skipTo(')');
    return type;
  }

  #constructed(word: string | undefined): HclType {
    switch (word) {
      case 'list':
      case 'set':
      case 'map':
        return [word, this.type()];
      case 'optional':
        return this.type();
      case 'object':
        return this.#object();
      case 'tuple':
        return this.#tuple();
      default:
        return 'dynamic';
    }
  }

  #object(): HclType {
    const members: Record<string, HclType> = {};
    const optional: string[] = [];
    this.#skipLines();
    this.#next();
    for (;;) {
      this.#skipLines();
      const name = this.#next()?.replaceAll('"', '');
      if (name === undefined || name === '}') break;
      this.#next();
      if (this.#peek() === 'optional') optional.push(name);
      members[name] = this.type();
    }
    return ['object', members, optional];
  }

  #tuple(): HclType {
    const types: HclType[] = [];
    this.#next();
    for (;;) {
      this.#skipLines();
      if (this.#peek() === undefined || this.#peek() === ']') break;
      types.push(this.type());
    }
    this.#next();
    return ['tuple', types];
  }

  #peek(): string | undefined {
    return this.tokens[this.#at];
  }

  #next(): string | undefined {
    return this.tokens[this.#at++];
  }

  #skipLines(): void {
    while (this.#peek() === '\n' || this.#peek() === ',') this.#at += 1;
  }

  /** Skips what is left of an argument list, such as the default of `optional`. */
  #skipTo(end: string): void {
    let depth = 0;
    for (;;) {
      const token = this.#next();
      if (token === undefined || (token === end && depth === 0)) return;
      if ('([{'.includes(token)) depth += 1;
      else if (')]}'.includes(token)) depth -= 1;
    }
  }
}
