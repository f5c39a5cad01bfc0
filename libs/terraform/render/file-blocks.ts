import { addressOf } from '../addresses';
import { type Block, type BlockKind, type Body, blockKinds, isPlainObject } from '../expression';
import { type Json } from './render-value';

/** The content of one `.tf.json` file. */
export type TfJson = { readonly [kind: string]: Json };

/** A block as it stands in a file. Only `locals` and `terraform` are one block whatever is in them. */
export interface FileBlock {
  readonly kind: BlockKind;
  /** The type label of a resource, data source or ephemeral resource; empty for the other kinds. */
  readonly type: string;
  /** Its own label; empty for kinds that have none. */
  readonly label: string;
  /** Its arguments, rendered. A file by somebody else may have something else than an object here. */
  readonly body: Body;
}

/** A file that is being put together. It has no prototype, since a block may be called `constructor`. */
export type Draft = Record<string, Json>;

export const newDraft = (): Draft => Object.create(null) as Draft;

/**
 * Puts a rendered block where the JSON syntax wants its kind.
 *
 * @returns the addresses that were taken already
 */
export function placeBlock(file: Draft, block: Block, body: Draft): string[] {
  const { kind, type, label } = block;
  switch (kind) {
    case 'moved':
    case 'removed':
    case 'import':
      append(file, kind, body);
      return [];
    case 'provider':
      append(memberOf(file, kind), label, body);
      return [];
    case 'locals':
    case 'terraform': {
      const whole = memberOf(file, kind);
      const taken = Object.keys(body).filter((name) => name in whole);
      Object.assign(whole, body);
      return taken.map((name) => `${addressOf(block)}.${name}`);
    }
    default: {
      const parent = type === '' ? memberOf(file, kind) : memberOf(memberOf(file, kind), type);
      const isTaken = label in parent;
      parent[label] = body;
      return isTaken ? [addressOf(block)] : [];
    }
  }
}

function memberOf(parent: Draft, name: string): Draft {
  const member = parent[name] ?? newDraft();
  parent[name] = member;
  return member as Draft;
}

function append(parent: Draft, name: string, body: Draft): void {
  const list = parent[name] ?? [];
  parent[name] = [...(list as readonly Json[]), body];
}

/**
 * Reads the blocks of a file, which undoes `placeBlock`.
 *
 * @param file the parsed content
 * @returns its blocks sorted by their kinds; kinds that Terraform does not have are left out, and so are comments
 */
export function blocksIn(file: Readonly<Record<string, unknown>>): FileBlock[] {
  return blockKinds.flatMap((kind) => (Object.hasOwn(file, kind) ? blocksOfKind(kind, file[kind]) : []));
}

function blocksOfKind(kind: BlockKind, content: unknown): FileBlock[] {
  const made = (type: string, label: string, body: unknown): FileBlock => ({
    kind,
    type,
    label,
    body: body as Body,
  });
  switch (kind) {
    case 'resource':
    case 'data':
    case 'ephemeral':
      return members(content).flatMap(([type, byLabel]) =>
        members(byLabel).map(([label, body]) => made(type, label, body)),
      );
    case 'provider':
      return members(content).flatMap(([name, given]) => list(given).map((body) => made('', name, body)));
    case 'moved':
    case 'removed':
    case 'import':
      return list(content).map((body) => made('', '', body));
    case 'locals':
    case 'terraform':
      return [made('', '', content)];
    default:
      return members(content).map(([label, body]) => made('', label, body));
  }
}

function members(value: unknown): [string, unknown][] {
  return isPlainObject(value) ? Object.entries(value).filter(([name]) => name !== '//') : [];
}

const list = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];
