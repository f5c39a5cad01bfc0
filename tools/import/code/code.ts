/** A piece of TypeScript, before it is printed. */
export type Code =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'list'; readonly items: readonly Code[] }
  | { readonly kind: 'object'; readonly members: readonly Member[] }
  /** A `const` of the import, in this file or another. */
  | { readonly kind: 'use'; readonly of: Definition }
  /** Something that the home's libraries or other workloads give out. */
  | { readonly kind: 'imported'; readonly from: string; readonly name: string }
  /** Steps into a value: `namespace.ref.metadata[0].name`. */
  | { readonly kind: 'path'; readonly of: Code; readonly steps: readonly (string | number)[] }
  /** A value that the compiler takes for absent, and Terraform does not: `labels['app']!`. */
  | { readonly kind: 'present'; readonly of: Code }
  | { readonly kind: 'call'; readonly callee: Code; readonly type?: string; readonly given: readonly Code[] }
  /** A template of `@home/terraform`: tf`…`. */
  | { readonly kind: 'template'; readonly parts: readonly (string | Code)[] }
  | { readonly kind: 'function'; readonly parameter: Parameter; readonly result: Code }
  | { readonly kind: 'argument'; readonly of: Parameter };

/** One member of an object, or another object whose members are taken over. */
export type Member =
  { readonly key: string; readonly value: Code; readonly comment?: string } | { readonly spread: Code };

/** The parameter of a function. */
export interface Parameter {
  readonly name: string;
}

/** A `const` with a name. */
export interface Definition {
  /** What it would best be called; made unique where it is printed. */
  readonly wish: string;
  readonly code: Code;
  /** Whether it is a block, or has blocks, that the workload exports. */
  readonly exports: boolean;
  /** Lines without the comment sign. */
  readonly comment?: readonly string[];
}

export const literal = (value: string | number | boolean | null): Code => ({ kind: 'literal', value });
export const list = (items: readonly Code[]): Code => ({ kind: 'list', items });
export const use = (of: Definition): Code => ({ kind: 'use', of });
export const imported = (from: string, name: string): Code => ({ kind: 'imported', from, name });
export const template = (...parts: readonly (string | Code)[]): Code => ({ kind: 'template', parts });

export const steps = (of: Code, ...path: readonly (string | number)[]): Code =>
  path.length === 0 ? of : { kind: 'path', of, steps: path };

export const call = (callee: Code, ...given: readonly Code[]): Code => ({ kind: 'call', callee, given });

/** A call with a type argument: `variable<string>(…)`. */
export const callOf = (type: string, callee: Code, ...given: readonly Code[]): Code => ({
  kind: 'call',
  callee,
  type,
  given,
});

/** An object from its members; those that are `undefined` are left out. */
export function object(members: Readonly<Record<string, Code | undefined>>): Code {
  return {
    kind: 'object',
    members: Object.entries(members).flatMap(([key, value]) => (value === undefined ? [] : [{ key, value }])),
  };
}

/** An object in which a comment stands before one of its members. */
export const commented = (of: Code, key: string, comment: string): Code =>
  of.kind !== 'object'
    ? of
    : {
        ...of,
        members: of.members.map((member) =>
          'key' in member && member.key === key ? { ...member, comment } : member,
        ),
      };

/** A piece of code in the midst of plain data. */
export class Embedded {
  constructor(readonly code: Code) {}
}

/** Plain data as code. `undefined` members are left out. */
export function data(value: unknown): Code {
  if (value instanceof Embedded) return value.code;
  if (Array.isArray(value)) return list(value.map(data));
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return { kind: 'object', members: members.map(([key, member]) => ({ key, value: data(member) })) };
  }
  if (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean'
  ) {
    return literal(value);
  }
  throw new TypeError(`${typeof value} is no data`);
}

/** What a piece of code evaluates to, when it is written out in full. */
export function dataOf(code: Code): { readonly value: unknown } | undefined {
  if (code.kind === 'literal') return { value: code.value };
  if (code.kind === 'list') {
    const items = code.items.map(dataOf);
    return items.includes(undefined) ? undefined : { value: items.map((item) => item?.value) };
  }
  if (code.kind !== 'object') return undefined;
  const members = code.members.map((member) =>
    'spread' in member ? undefined : ([member.key, dataOf(member.value)] as const),
  );
  if (members.some((member) => member?.[1] === undefined)) return undefined;
  return { value: Object.fromEntries(members.map((member) => [member?.[0], member?.[1]?.value])) };
}

/** Every piece of code directly below one. */
export function children(code: Code): readonly Code[] {
  switch (code.kind) {
    case 'list':
      return code.items;
    case 'object':
      return code.members.map((member) => ('spread' in member ? member.spread : member.value));
    case 'path':
    case 'present':
      return [code.of];
    case 'call':
      return [code.callee, ...code.given];
    case 'template':
      return code.parts.filter((part) => typeof part !== 'string');
    case 'function':
      return [code.result];
    default:
      return [];
  }
}

/** The definitions that a piece of code uses, each once. */
export function definitionsIn(code: Code, found = new Set<Definition>()): Set<Definition> {
  if (code.kind === 'use') found.add(code.of);
  for (const child of children(code)) definitionsIn(child, found);
  return found;
}

/** Definitions with everything that they use: a local that nothing uses would not compile, and means nothing. */
export function usedDefinitions(
  definitions: Iterable<Definition>,
  used = new Set<Definition>(),
): Set<Definition> {
  for (const definition of definitions) {
    if (used.has(definition)) continue;
    used.add(definition);
    usedDefinitions(definitionsIn(definition.code), used);
  }
  return used;
}
