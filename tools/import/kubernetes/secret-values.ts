import { looksSecret } from '@home/kubernetes';
import { type Problem, isPlainObject } from '@home/terraform';
import { type Definition, Embedded, callOf, data, imported, literal, steps, use } from '../code/code';
import { Names, freeName, snakeCase } from '../code/names';
import { textIn } from '../source/read-source';
import type { Path } from '../source/read-yaml';
import type { Arguments } from './convert-object';
import { type Fields, changeAt, fieldsOf, itemsOf, mapContainers, podPath } from './fields';
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

/** Objects with no secret in their environment, and where one was or stayed. */
export interface WithoutSecretEnvironment {
  readonly manifests: readonly Manifest[];
  readonly told: readonly Problem[];
}

/** A value of an environment, and where it stood. */
interface Moved {
  readonly text: string;
  readonly at: Path;
}

/** Moves what looks secret in the environment of containers into a new Secret beside the object that runs them. */
export function withoutSecretEnvironment(manifests: readonly Manifest[]): WithoutSecretEnvironment {
  const secrets = new Set(manifests.filter(({ kind }) => kind === 'Secret').map(placeOf));
  const told: Problem[] = [];
  const without = manifests.flatMap((manifest) => {
    const path = podPath(manifest.kind);
    if (path === undefined) return [manifest];
    const isFree = (name: string): boolean => !secrets.has(placeOf({ ...manifest, name }));
    const secret = freeName([`${manifest.name}-environment`], isFree);
    const tell = (at: Path, what: string, remedy: string): void => {
      told.push({ where: manifest.where(at), what: `${manifest.kind} ${manifest.name}: ${what}`, remedy });
    };
    /** The key in the Secret → what it holds. */
    const moved = new Map<string, Moved>();
    const move = (given: unknown, container: string, at: Path): unknown => {
      const { name, value } = fieldsOf(given);
      if (typeof name !== 'string' || typeof value !== 'string') return given;
      // Kubernetes puts other variables in for `$(NAME)`, and does not in what comes from a Secret.
      const own = value.replace(/\$\([^)]*\)/g, '');
      if (looksSecret(name, own) === undefined) return given;
      if (own !== value) {
        const what = `${name} looks secret and stays in the code, since it names other variables`;
        tell(at, what, 'Put all of it into a Secret');
        return given;
      }
      const known = moved.get(name);
      const key = known === undefined || known.text === value ? name : `${container}.${name}`;
      moved.set(key, { text: value, at });
      return { name, valueFrom: { secretKeyRef: { name: secret, key } } };
    };
    const takeFrom = (container: Fields, at: Path): Fields => {
      const { env, name } = container;
      if (!Array.isArray(env)) return container;
      return {
        ...container,
        env: itemsOf(env).map((one, index) => move(one, String(name), [...path, ...at, 'env', index])),
      };
    };
    const value = changeAt(manifest.value, path, (pod) => mapContainers(pod, takeFrom));
    if (moved.size === 0) return [manifest];
    const remedy = 'Give its value as below, or put it back if it is not secret';
    for (const [key, { at }] of moved)
      tell(at, `${key} looks secret and is now in the new Secret ${secret}`, remedy);
    const beside = secretBeside(manifest, secret, moved);
    secrets.add(placeOf(beside));
    return [{ ...manifest, value }, beside];
  });
  return { manifests: without, told };
}

const placeOf = ({ namespace, name }: Pick<Manifest, 'namespace' | 'name'>): string => `${namespace} ${name}`;

function secretBeside(manifest: Manifest, name: string, values: ReadonlyMap<string, Moved>): Manifest {
  const { file, namespace } = manifest;
  const stringData = Object.fromEntries([...values].map(([key, { text }]) => [key, text]));
  return {
    file,
    apiVersion: 'v1',
    kind: 'Secret',
    name,
    namespace,
    value: {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, ...(namespace !== undefined && { namespace }) },
      stringData,
    },
    where: ([, key]) => manifest.where(values.get(String(key))?.at ?? []),
  };
}
