import type { Path } from '../source/read-yaml';
import { type Code, Embedded, call, data, imported, literal, object } from '../code/code';
import type { Computed } from './computed';
import { containerPath, supposedMemory } from './web-app-container';
import type { WebAppShape } from './web-app-shape';

/** How the code of a web app names what lies around it. */
export interface WebAppSurroundings {
  readonly namespace: Code;
  /** How code says what the Deployment says at a path, where that is more than a text. */
  said(path: Path): Code | undefined;
  /** The files of the ConfigMap that it mounts. */
  readonly files?: Code;
}

/** `webApp('it-tools', { … })` */
export function webAppCode(shape: WebAppShape, { namespace, said, files }: WebAppSurroundings): Code {
  const { name, image, port, host, memory = supposedMemory, health, env, config } = shape;
  const textAt = (value: string | Computed, ...path: Path): Code =>
    said([...containerPath, ...path]) ?? literal(String(value));
  const textsAt = (member: 'command' | 'args'): Code | undefined =>
    shape[member] && { kind: 'list', items: shape[member].map((text, index) => textAt(text, member, index)) };
  const variables = env.map((one, index) => {
    const at = ['env', index];
    if ('secret' in one) {
      const secret = textAt(one.secret, ...at, 'valueFrom', 'secretKeyRef', 'name');
      return [one.name, secretKey(secret, one.key)] as const;
    }
    const value = said([...containerPath, ...at, 'value']) ?? literal(simplest(String(one.value)));
    return [one.name, value] as const;
  });
  const props = object({
    namespace,
    image: textAt(image, 'image'),
    port: literal(port),
    host: literal(host),
    memory: literal(memory),
    health: health === undefined ? undefined : literal(health),
    command: textsAt('command'),
    args: textsAt('args'),
    env: variables.length === 0 ? undefined : object(Object.fromEntries(variables)),
    config:
      config &&
      data({
        name: config.object.manifest.name,
        files: files && new Embedded(files),
        mountedAt: config.mountedAt,
      }),
  });
  return call(imported('@home/kubernetes', 'webApp'), literal(name), props);
}

/** `fromSecret(secret, 'token')` where the Secret is a block, `{ secret: 'photos', key: 'token' }` for any other. */
function secretKey(secret: Code, key: string): Code {
  const isBlock =
    secret.kind === 'path' && secret.of.kind === 'use' && secret.steps.join('.') === 'ref.metadata.0.name';
  return isBlock
    ? call(imported('@home/kubernetes', 'fromSecret'), secret.of, literal(key))
    : data({ secret: new Embedded(secret), key });
}

/** A flag or a number, where the environment holds the same text for it. */
function simplest(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^(0|[1-9]\d{0,8})$/.test(text) ? Number(text) : text;
}
