import { addressOf } from './addresses';
import { type Block } from './block';
import { type Json } from './render-value';

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
