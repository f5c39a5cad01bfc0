import { type PathStep, marksAt, sensitivePaths } from '@home/providers';
import {
  type Block,
  type Expression,
  type Step,
  addressOf,
  formatPath,
  isBlock,
  isDynamic,
  isExpression,
  sourceOf,
} from '@home/terraform';
import { operandsOf } from './expressions';

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
    return typeof root === 'string' ? secretsInSource(root + formatPath(path), find) : secretsAt(root, path, find);
  }
  const { values, sources } = operandsOf(expression);
  const read = [...secretsIn(values, find), ...sources.flatMap((source) => secretsInSource(source, find))];
  // Where in the result they are depends on what the expression makes of them.
  return read.map((secret) => ({ ...secret, at: [] }));
}

/** The secrets that one can read of a block at a path. */
function secretsAt(block: Block, path: readonly Step[], find: FindBlock): Secret[] {
  const secret = (at: readonly PathStep[], ephemeral = false): Secret => ({
    at,
    ephemeral,
    source: [addressOf(block), formatPath([...path, ...at.map((step) => step ?? '*')])].filter(Boolean).join('.'),
  });
  switch (block.kind) {
    case 'variable': {
      const { sensitive, ephemeral } = block.body;
      return sensitive === true || ephemeral === true ? [secret([], ephemeral === true)] : [];
    }
    case 'locals':
      return secretsBelow(block.body, path, find);
    case 'output':
      return block.body['sensitive'] === true ? [secret([])] : secretsBelow(block.body['value'], path, find);
    case 'ephemeral':
      return [secret([], true)];
    case 'resource':
    case 'data':
      if (marksAt(block.kind, block.type, path)?.sensitive) return [secret([])];
      return sensitivePaths(block.kind, block.type).flatMap((marked) => {
        const rest = restOf(marked, path) ?? [];
        // What is write-only reads as nothing.
        return rest.length === 0 || !marksAt(block.kind as 'resource', block.type, marked)?.sensitive ? [] : [secret(rest)];
      });
    default:
      return [];
  }
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
 * What remains of a marked path behind the part that is read: `metadata[0]` of `metadata.name` leaves `name`. A block
 * that occurs once is written without an index, and read with one.
 */
function restOf(marked: readonly PathStep[], read: readonly Step[]): readonly PathStep[] | undefined {
  let position = 0;
  for (const step of read) {
    if (marked[position] === step || (position < marked.length && marked[position] === undefined)) position += 1;
    else if (typeof step !== 'number') return undefined;
  }
  return marked.slice(position);
}

const traversal = /(?<![\w.-])((?:(?:data|ephemeral)\.)?[A-Za-z_][\w-]*\.[A-Za-z_][\w-]*)((?:\.[A-Za-z_][\w-]*|\[\d+\]|\["[^"\]]*"\])*)/g;

/** The secrets that source text reads by addresses: `var.root`, `random_password.a.result`. */
function secretsInSource(text: string, find: FindBlock): Secret[] {
  return [...text.matchAll(traversal)].flatMap(([, address = '', rest = '']) => {
    const block = find(address);
    const steps = [...rest.matchAll(/\.([\w-]+)|\[(\d+)\]|\["([^"]*)"\]/g)];
    const path = steps.map(([, name, index, key]) => name ?? key ?? Number(index));
    if (block?.kind !== 'locals') return block === undefined ? [] : secretsAt(block, path, find);
    return secretsAt(block, [address.slice('local.'.length), ...path], find);
  });
}
