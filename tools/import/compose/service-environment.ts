import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isSecretName, looksSecret } from '@home/kubernetes';
import { isPlainObject } from '@home/terraform';
import { freeName } from '../code/names';
import { fieldsOf, itemsOf, listOf } from '../kubernetes/fields';
import type { Path } from '../source/read-yaml';
import { type ComposeService, type Taken, tellUnset } from './read-compose';
import { secretWords } from '../kubernetes/secret-words';
import { readEnvFile } from './interpolate';
import { readCommand } from './split-command';

/** What a service finds in its environment. */
export interface ServiceEnvironment {
  readonly plain: ReadonlyMap<string, string>;
  /** Variables whose values are secret. The same text stands for the same secret, in whatever service. */
  readonly secret: ReadonlyMap<string, SecretText>;
  /** The words of its commands, in which a variable stands for what is secret. */
  readonly commands: Readonly<Record<Command, readonly string[] | undefined>>;
}

/** What a container is started and asked with. */
type Command = 'entrypoint' | 'command' | 'test';

export interface SecretText {
  readonly text: string;
  readonly path: Path;
}

interface Given {
  readonly name: string;
  /** Undefined where the shell decides. */
  readonly value: string | undefined;
  readonly path: Path;
  readonly taken: Taken;
}

/** Reads `environment`, as map or list, over what the files of `env_file` say. */
export function serviceEnvironment(service: ComposeService): ServiceEnvironment {
  const plain = new Map<string, string>();
  const secret = new Map<string, SecretText>();
  for (const { name, value, path, taken } of [...fromFiles(service), ...fromFields(service)]) {
    plain.delete(name);
    secret.delete(name);
    if (taken.names.some(isSecretName) || isSecret(name, value ?? ''))
      secret.set(name, { text: secretText(name, value, taken), path });
    else if (value === undefined) service.lose(path, takesFromShell, 'Write the value', undefined, name);
    else {
      tellUnset(taken, path, service.lose);
      plain.set(name, value);
    }
  }
  const isTaken = (name: string): boolean => plain.has(name) || secret.has(name);
  /** Puts a secret of a command into the environment, or finds it there. */
  const variableFor = (wish: string, text: string, path: Path): string => {
    const known = [...secret].find(([, one]) => one.text === text)?.[0];
    const name = known ?? freeName([wish], (one) => !isTaken(one), '_');
    if (known === undefined) secret.set(name, { text, path });
    return name;
  };
  const hide = (
    given: unknown,
    path: Path,
    write: (name: string) => string,
    plainly = literally,
  ): string[] | undefined =>
    secretWordsIn(given, path, service)?.map((word) =>
      typeof word === 'string'
        ? plainly(word)
        : word.before + write(variableFor(word.name, word.secret, path)),
    );
  const { entrypoint, command, healthcheck } = service.fields;
  const expanded = (name: string): string => `$(${name})`;
  return {
    plain,
    secret,
    commands: {
      entrypoint: hide(entrypoint, ['entrypoint'], expanded),
      command: hide(command, ['command'], expanded),
      test: testWords(fieldsOf(healthcheck)['test'], (given, quote) =>
        hide(given, ['healthcheck', 'test'], (name) => `"$${name}"`, quote),
      ),
    },
  };
}

const takesFromShell = 'the variable takes its value from the shell, and has none here';

/** What is called like a secret is one also where its value is given elsewhere. */
const isSecret = (name: string, text: string): boolean =>
  text === '' ? isSecretName(name) : looksSecret(name, text) !== undefined;

/** Tells secrets apart: by their value or, where that is not known, by what it would be taken from. */
function secretText(name: string, value: string | undefined, { names, unset }: Taken): string {
  const isKnown = value !== undefined && value !== '' && unset.length === 0;
  return isKnown ? value : `$${names.length > 0 ? `${names.join('$')}${value ?? ''}` : name}`;
}

/** A variable without a value has the one that `.env` says. */
function fromFields(service: ComposeService): Given[] {
  return fieldsGiven(service).map(({ value, ...given }) => ({
    ...given,
    value: value ?? service.variables.get(given.name),
  }));
}

function fieldsGiven(service: ComposeService): Given[] {
  const given = service.fields['environment'];
  if (isPlainObject(given)) {
    return Object.entries(given).map(([name, value]) => {
      const path = ['environment', name];
      return { name, value: value === null ? undefined : String(value), path, taken: service.takenIn(path) };
    });
  }
  return itemsOf(given).map((item, index) => {
    const [, name = '', value] = /^([^=]*)(?:=([\s\S]*))?$/.exec(String(item)) ?? [];
    const path = ['environment', index];
    return { name, value, path, taken: service.takenIn(path) };
  });
}

function fromFiles(service: ComposeService): Given[] {
  const given = service.fields['env_file'];
  return listOf(given).flatMap((file, index) => {
    const name = typeof file === 'string' ? file : String(fieldsOf(file)['path']);
    const path = Array.isArray(given) ? ['env_file', index] : ['env_file'];
    const found = join(dirname(service.file), name);
    if (!existsSync(found)) {
      service.lose(path, `${name} is not there`, 'Write its variables under environment');
      return [];
    }
    const values = readEnvFile(readFileSync(found, 'utf8'), service.variables);
    return [...values].map(([key, taken]) => ({ name: key, value: taken.text, path, taken }));
  });
}

/** Kubernetes takes `$(NAME)` for a variable, and compose does not. */
export const literally = (text: string): string => text.replace(/\$(?=\()/g, '$$$$');

/** The words of a command, and which of them are secret: by their look, or by the variable that they came from. */
function secretWordsIn(given: unknown, path: Path, service: ComposeService) {
  const words = readCommand(given);
  if (words === undefined) return undefined;
  const paths = Array.isArray(given) ? words.map((_, index) => [...path, index]) : [path];
  const hidden = paths.flatMap((one) => {
    const { names, values } = service.takenIn(one);
    return values.filter((value, index) => value !== '' && isSecretName(names[index] ?? ''));
  });
  return secretWords(words, (word) => hidden.some((value) => word.includes(value)));
}

/**
 * The words of a healthcheck. Kubernetes puts no variables into a probe, so that a shell reads those that are secret.
 *
 * @returns undefined where it has none, or is switched off
 */
function testWords(
  test: unknown,
  hide: (given: unknown, quote: (word: string) => string) => string[] | undefined,
): readonly string[] | undefined {
  const [kind, ...words] = Array.isArray(test)
    ? itemsOf(test).map(String)
    : ['CMD-SHELL', String(test ?? '')];
  if (kind === 'NONE' || words.join('') === '') return undefined;
  if (kind !== 'CMD') {
    const [line = '', ...others] = hide([words.join(' ')], (word) => word) ?? [];
    const isSecret = line !== words.join(' ');
    return ['/bin/sh', '-c', isSecret ? `eval ${line}` : line, ...others];
  }
  const hiding = hide(words, (word) => `'${word.replaceAll("'", `'\\''`)}'`) ?? [];
  const isSecret = hiding.some((word) => word.includes('"$'));
  return isSecret ? ['/bin/sh', '-c', `exec ${hiding.join(' ')}`] : words;
}
