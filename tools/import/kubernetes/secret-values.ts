import { isPlainObject } from '@home/terraform';
import { type Definition, Embedded, callOf, data, imported, literal, steps, use } from '../code/code';
import { Names, snakeCase } from '../code/names';
import { textIn } from '../source/read-source';
import type { Arguments } from './convert-object';
import type { Manifest } from './read-manifests';

/** A variable that takes the place of a secret value. */
export interface SecretVariable {
  readonly name: string;
  readonly definition: Definition;
  /** What it holds, and how it is written. */
  readonly holds: string;
  /** Where the value stood. */
  readonly where: string;
}

/** An object without its secret values, and what takes their place. */
export interface SecretArguments {
  readonly plainFields: Readonly<Record<string, unknown>>;
  /** What stands for the values. */
  readonly given: Arguments;
  readonly variables: readonly SecretVariable[];
}

/**
 * Takes the values out of a Secret. They become sensitive variables that Terraform hands on and keeps in no state; a
 * value that is no text stays base64. Other objects stay as they are.
 */
export function secretArguments(manifest: Manifest, secrets: SecretVariables): SecretArguments {
  const { value, kind } = manifest;
  if (kind !== 'Secret') return { plainFields: value, given: {}, variables: [] };
  const { data: encoded, stringData, ...plainFields } = value;
  const values = [
    ...entriesOf(encoded).map(([key, text]) => ({ key, field: 'data', ...decode(text) })),
    ...entriesOf(stringData).map(([key, text]) => ({ key, field: 'stringData', text, binary: false })),
  ];
  const latest = [...new Map(values.map((one) => [one.key, one])).values()];
  const variables: SecretVariable[] = [];
  const made = latest.map((one) => {
    if (one.text === '') return { ...one, given: '' };
    const { variable, isNew } = secrets.variableFor(manifest, one);
    if (isNew) variables.push(variable);
    return { ...one, given: new Embedded(steps(use(variable.definition), 'ref')) };
  });
  const members = (binary: boolean) =>
    Object.fromEntries(made.filter((one) => one.binary === binary).map(({ key, given }) => [key, given]));
  const given = {
    ...(made.some(({ binary }) => !binary) && { data_wo: members(false), data_wo_revision: 1 }),
    ...(made.some(({ binary }) => binary) && { binary_data_wo: members(true), binary_data_wo_revision: 1 }),
  };
  return { plainFields, given, variables };
}

/** One value of a Secret. */
interface SecretText {
  readonly key: string;
  readonly field: string;
  readonly text: string;
  /** Whether it is base64, since it is no text. */
  readonly binary: boolean;
}

/** The variables of one import. */
export class SecretVariables {
  readonly #names = new Names();
  readonly #byText = new Map<string, SecretVariable>();

  /**
   * @param taken addresses that the stack has already
   * @param shared whether equal values are one secret
   */
  constructor(
    taken: ReadonlySet<string>,
    private readonly shared: boolean,
  ) {
    for (const address of taken)
      if (address.startsWith('var.')) this.#names.reserve(address.slice('var.'.length));
  }

  /** The variable that stands for a value: a new one, or the one that stands for an equal value already. */
  variableFor(
    manifest: Manifest,
    { key, field, text, binary }: SecretText,
  ): { variable: SecretVariable; isNew: boolean } {
    const known = this.shared ? this.#byText.get(text) : undefined;
    if (known !== undefined) return { variable: known, isNew: false };
    const name = this.#names.choose(snakeCase(`${manifest.name}_${key}`));
    const holds = `${key} of the Secret ${manifest.name}${binary ? ', as base64' : ''}`;
    const given = { type: 'string', description: holds, sensitive: true, ephemeral: true };
    const code = callOf('string', imported('@home/terraform', 'variable'), literal(name), data(given));
    const definition = { wish: name, code, exports: true };
    const variable = { name, holds, where: manifest.where([field, key]), definition };
    this.#byText.set(text, variable);
    return { variable, isNew: true };
  }
}

function entriesOf(value: unknown): [string, string][] {
  if (!isPlainObject(value)) return [];
  return Object.entries(value).flatMap(([key, text]) => (text === null ? [] : [[key, String(text)]]));
}

function decode(encoded: string): { text: string; binary: boolean } {
  const text = textIn(Buffer.from(encoded, 'base64'));
  return { text: text ?? encoded, binary: text === undefined };
}
