import { isPlainObject } from '@home/terraform';
import { type Definition, Embedded, callOf, data, imported, literal, steps, use } from '../code/code';
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
  readonly secrets: Arguments;
  readonly variables: readonly SecretVariable[];
}

/**
 * Takes the values out of a Secret. They become sensitive variables that Terraform hands on and keeps in no state; a
 * value that is no text stays base64. Other objects stay as they are.
 */
export function secretArguments(manifest: Manifest, name: (wish: string) => string): SecretArguments {
  const { value, kind } = manifest;
  if (kind !== 'Secret') return { plainFields: value, secrets: {}, variables: [] };
  const { data: encoded, stringData, ...plainFields } = value;
  const values = [
    ...entriesOf(encoded).map(([key, text]) => ({ key, field: 'data', ...decode(text) })),
    ...entriesOf(stringData).map(([key, text]) => ({ key, field: 'stringData', text, binary: false })),
  ];
  const latest = [...new Map(values.map((one) => [one.key, one])).values()];
  const made = latest.map((one) => {
    const variable =
      one.text === '' ? undefined : variableFor(manifest, one.key, one.binary, one.field, name);
    const given = variable === undefined ? '' : new Embedded(steps(use(variable.definition), 'ref'));
    return { ...one, variable, given };
  });
  const members = (binary: boolean) =>
    Object.fromEntries(made.filter((one) => one.binary === binary).map(({ key, given }) => [key, given]));
  const secrets = {
    ...(made.some(({ binary }) => !binary) && { data_wo: members(false), data_wo_revision: 1 }),
    ...(made.some(({ binary }) => binary) && { binary_data_wo: members(true), binary_data_wo_revision: 1 }),
  };
  return { plainFields, secrets, variables: made.flatMap(({ variable }) => variable ?? []) };
}

function variableFor(
  manifest: Manifest,
  key: string,
  binary: boolean,
  field: string,
  choose: (wish: string) => string,
): SecretVariable {
  const name = choose(snakeCase(`${manifest.name}_${key}`));
  const holds = `${key} of the Secret ${manifest.name}${binary ? ', as base64' : ''}`;
  const given = { type: 'string', description: holds, sensitive: true, ephemeral: true };
  const code = callOf('string', imported('@home/terraform', 'variable'), literal(name), data(given));
  return {
    name,
    holds,
    where: manifest.where([field, key]),
    definition: { wish: name, code, exports: true },
  };
}

function entriesOf(value: unknown): [string, string][] {
  if (!isPlainObject(value)) return [];
  return Object.entries(value).flatMap(([key, text]) => (text === null ? [] : [[key, String(text)]]));
}

function decode(encoded: string): { text: string; binary: boolean } {
  const bytes = Buffer.from(encoded, 'base64');
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), binary: false };
  } catch {
    return { text: encoded, binary: true };
  }
}

/** `grafana_admin-password` → `grafana_admin_password`: the name of a variable in Terraform and in the environment. */
export function snakeCase(text: string): string {
  const words = text
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const distinct = words.filter((word, index) => word !== words[index - 1]);
  const name = distinct.join('_');
  return /^[a-z]/.test(name) ? name : `secret_${name}`;
}
