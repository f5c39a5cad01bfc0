import { type Marks, type PathStep, marksAt, sensitivePaths } from '@home/providers';
import {
  type Block,
  type Expression,
  type Step,
  formatPath,
  formatSteps,
  formatTarget,
  isBlock,
  isDynamic,
  isExpression,
  isPlainObject,
  isRepeated,
  knownValue,
  locate,
  readTemplate,
  sourceOf,
  traversalsIn,
} from '@home/terraform';
import { operandsOf } from '../read/known-body';

/** A secret that a value gets from somewhere. */
export interface Secret {
  /** Where in the value it is; `undefined` stands for any key or index. */
  readonly at: readonly PathStep[];
  /** What is read: `gotify_client.dashboard.token`. */
  readonly source: string;
  /** Whether it is gone after the run, and so may be kept nowhere. */
  readonly ephemeral: boolean;
}

/** Finds a block of the same stack by the address that source text names. */
export type FindBlock = (address: string) => Block | undefined;

/**
 * The secrets in a value: attributes that a schema marks sensitive, sensitive variables, and everything ephemeral.
 * Templates and functions pass them on, `sha256` and `nonsensitive` too: who knows what a short secret may be can try
 * it out on its hash.
 */
export function secretsIn(value: unknown, find: FindBlock): Secret[] {
  if (isExpression(value)) return secretsRead(value, find);
  if (typeof value !== 'object' || value === null || isBlock(value)) return [];
  if (isDynamic(value)) return secretsIn([value.dynamic.for_each, value.dynamic.content], find);
  return Object.entries(value).flatMap(([key, member]) =>
    secretsIn(member, find).map((secret) => ({
      ...secret,
      at: [Array.isArray(value) ? Number(key) : key, ...secret.at],
    })),
  );
}

function secretsRead(expression: Expression<unknown>, find: FindBlock): Secret[] {
  const made = sourceOf(expression);
  if (made?.kind === 'reference') {
    const { root, path } = made.target;
    return typeof root === 'string'
      ? secretsInSource(root + formatPath(path), find)
      : secretsAt(root, path, find);
  }
  const { values, sources } = operandsOf(expression);
  const read = [...secretsIn(values, find), ...sources.flatMap((source) => secretsInSource(source, find))];
  // Where in the result they are depends on what the expression makes of them.
  return read.map((secret) => ({ ...secret, at: [] }));
}

/** The secrets that one can read of a block at a path. */
function secretsAt(block: Block, path: readonly Step[], find: FindBlock): Secret[] {
  const { kind, type, body } = block;
  switch (kind) {
    case 'variable':
      return body['sensitive'] === true || body['ephemeral'] === true
        ? [secretOf(block, path, [], body['ephemeral'] === true)]
        : [];
    case 'locals':
      return secretsBelow(body, path, find);
    case 'output':
      return body['sensitive'] === true
        ? [secretOf(block, path, [])]
        : secretsBelow(body['value'], path, find);
    case 'ephemeral':
      return [secretOf(block, path, [], true)];
    case 'resource':
    case 'data': {
      const marked = sensitivePaths(kind, type);
      if (marked.length === 0) return [];
      const attribute = isRepeated(block) ? path.slice(1) : path;
      if (marksAt(kind, type, attribute)?.sensitive) return [secretOf(block, path, [])];
      return marked
        .filter((one) => marksAt(kind, type, one)?.sensitive)
        .map((one) => restOf(one, attribute))
        .filter((rest) => rest.length > 0)
        .map((rest) => secretOf(block, path, rest));
    }
    default:
      return [];
  }
}

function secretOf(block: Block, path: readonly Step[], at: readonly PathStep[], ephemeral = false): Secret {
  const inside = at.map((step) => (step === undefined ? '[*]' : formatSteps([step]))).join('');
  return { at, ephemeral, source: formatTarget(block, path) + inside };
}

/** The secrets in the part of a value to which a path leads; in the whole value where that cannot be told. */
function secretsBelow(value: unknown, path: readonly Step[], find: FindBlock): Secret[] {
  const [step, ...rest] = path;
  if (step === undefined) return secretsIn(value, find);
  const isTree = typeof value === 'object' && value !== null && !isExpression(value);
  if (isTree && Object.hasOwn(value, step)) return secretsBelow(Reflect.get(value, step), rest, find);
  return secretsIn(value, find).map((secret) => ({ ...secret, at: [] }));
}

/**
 * What remains of a marked path behind the part that is read: `a[0]` of `a.key` leaves `key`. A block that occurs once is
 * written without an index, and read with one. Nothing remains when the part is another.
 */
function restOf(marked: readonly PathStep[], read: readonly Step[]): readonly PathStep[] {
  let position = 0;
  for (const step of read) {
    if (marked[position] === step || (position < marked.length && marked[position] === undefined))
      position += 1;
    else if (typeof step !== 'number') return [];
  }
  return marked.slice(position);
}

/** The secrets that source text reads by addresses: `var.root`, `random_password.a.result`. */
function secretsInSource(text: string, find: FindBlock): Secret[] {
  return traversalsIn(text).flatMap((traversal) => {
    const located = locate(traversal);
    const block = located && find(located.address);
    if (located === undefined || block === undefined) return [];
    const { label, path } = located;
    const computed = path.indexOf(undefined);
    const known = (computed === -1 ? path : path.slice(0, computed)) as readonly Step[];
    return secretsAt(block, block.kind === 'locals' ? [label, ...known] : known, find);
  });
}

/**
 * What the schema says of an argument, or of what it is a part of.
 *
 * @returns undefined when the block is none of a provider, or nothing is recorded of it
 */
export function secretPlace({ kind, type, label }: Block, path: readonly PathStep[]): Marks | undefined {
  if (kind === 'provider') return marksAt(kind, label, path);
  return kind === 'resource' || kind === 'data' || kind === 'ephemeral'
    ? marksAt(kind, type, path)
    : undefined;
}

/**
 * Tells whether a value stands in the home's description itself, as text or as something that is made of text alone:
 * `base64encode("secret")` is written down, `base64encode(var.secret)` is not. An empty text says nothing.
 */
export function isWrittenDown(value: unknown): boolean {
  if (isExpression(value)) return isMadeOfText(value);
  return typeof value === 'number' || (typeof value === 'string' && value !== '');
}

function isMadeOfText(expression: Expression<unknown>): boolean {
  const made = sourceOf(expression);
  if (made?.kind !== 'reference') {
    const { values, sources } = operandsOf(expression);
    return values.every(isText) && !readsAnything(sources);
  }
  if (typeof made.target.root === 'string') return false;
  const { root, path } = made.target;
  const known = root.kind === 'locals' ? knownValue(root, path) : undefined;
  return known !== undefined && isWrittenDown(known.value);
}

/** Tells whether source text names something, or reads a file. A text in it names nothing: `"hunter.two"`. */
function readsAnything(sources: readonly string[]): boolean {
  const { codes } = readTemplate(`\${${sources.join('null')}}`);
  return codes.some((code) => traversalsIn(code).length > 0 || /\b(file|templatefile)\w*\(/.test(code));
}

/** Text, and lists and objects of text. */
function isText(value: unknown): boolean {
  if (isExpression(value)) return isMadeOfText(value);
  if (Array.isArray(value)) return value.every(isText);
  return !isPlainObject(value) || Object.values(value).every(isText);
}
