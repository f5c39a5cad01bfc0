import { snakeCase } from '../kubernetes/secret-values';
import { addressOf } from './module-scope';
import type { HclBlock } from './parse-module';
import { escapeTemplate } from './split-template';

/** A secret that stood in the code, and the variable that takes its place. */
export interface TakenSecret {
  /** The variable's name in its module. */
  readonly name: string;
  readonly holds: string;
  /** `file:line` of the block where it stood. */
  readonly where: string;
}

/** Where a value stands: in which block, and how it is called there. */
export interface Place {
  readonly block: HclBlock;
  readonly path: readonly (string | number)[];
}

/** A place inside of another. */
export const stepped = ({ block, path }: Place, step: string | number): Place => ({
  block,
  path: [...path, step],
});

/** The secrets of one module, and the variables that take their places. */
export class TakenSecrets {
  readonly all: TakenSecret[] = [];
  /** The variables that the module did not have. */
  readonly added: HclBlock[] = [];
  readonly #names: Set<string>;

  /** @param names of the variables that the module has */
  constructor(names: Iterable<string>) {
    this.#names = new Set(names);
  }

  /** The reference to a variable in the place of a secret. */
  takeOut({ block, path }: Place, origin = ''): string {
    const holds = `${path.at(-1)} of ${addressOf(block)}${origin}`;
    const wish = snakeCase(
      [
        block.kind === 'locals' ? '' : block.label,
        ...path.filter((step) => step !== 'data' && step !== 'for_each'),
      ].join('_'),
    );
    return `\${var.${this.add({ name: wish, holds, where: block.where }, block).name}}`;
  }

  /** Adds a variable for a secret. */
  add(secret: TakenSecret, { file }: HclBlock): TakenSecret {
    let name = secret.name;
    for (let number = 2; this.#names.has(name); number += 1) name = `${secret.name}_${number}`;
    this.#names.add(name);
    const made = { ...secret, name };
    this.all.push(made);
    const body = { type: '${string}', description: escapeTemplate(secret.holds), sensitive: true };
    this.added.push({
      kind: 'variable',
      type: '',
      label: name,
      body,
      comment: [],
      where: secret.where,
      file,
    });
    return made;
  }
}
