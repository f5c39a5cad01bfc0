import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isSecretName, looksSecret } from '@home/kubernetes';
import { isPlainObject } from '@home/terraform';
import { fieldsOf, itemsOf, listOf } from '../kubernetes/fields';
import type { Path } from '../source/read-yaml';
import { type ComposeService, type Taken, tellUnset } from './read-compose';
import { readEnvFile } from './interpolate';

/** What a service finds in its environment. */
export interface ServiceEnvironment {
  readonly plain: ReadonlyMap<string, string>;
  /** Variables whose values are secret. The same text stands for the same secret, in whatever service. */
  readonly secret: ReadonlyMap<string, SecretText>;
}

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
    else if (value === undefined) service.lose(path, 'takes its value from the shell', 'Write the value');
    else {
      tellUnset(taken, path, service.lose);
      plain.set(name, value);
    }
  }
  return { plain, secret };
}

/** What is called like a secret is one also where its value is given elsewhere. */
const isSecret = (name: string, text: string): boolean =>
  text === '' ? isSecretName(name) : looksSecret(name, text) !== undefined;

/** Tells secrets apart: by their value or, where that is not known, by what it would be taken from. */
function secretText(name: string, value: string | undefined, { names, unset }: Taken): string {
  const isKnown = value !== undefined && value !== '' && unset.length === 0;
  return isKnown ? value : `$${names.length > 0 ? `${names.join('$')}${value ?? ''}` : name}`;
}

function fromFields(service: ComposeService): Given[] {
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
    const values = readEnvFile(readFileSync(found, 'utf8'));
    return [...values].map(([key, value]) => ({ name: key, value, path, taken: { names: [], unset: [] } }));
  });
}
