import { type Code, Embedded, call, data, imported, literal, object } from '../code/code';
import { supposedMemory } from './web-app-container';
import type { WebAppShape } from './web-app-shape';

/** How the code of a web app names what lies around it. */
export interface WebAppSurroundings {
  readonly namespace: Code;
  /** The block of a Secret; undefined for one that is not imported. */
  secret(name: string): Code | undefined;
  /** The files of the ConfigMap that it mounts. */
  readonly files?: Code;
}

/** `webApp('it-tools', { … })` */
export function webAppCode(shape: WebAppShape, { namespace, secret, files }: WebAppSurroundings): Code {
  const { name, image, port, host, memory = supposedMemory, health, command, args, env, config } = shape;
  const variables = env.map((one) => {
    if ('value' in one) return [one.name, literal(simplest(one.value))] as const;
    const block = secret(one.secret);
    const key =
      block === undefined
        ? data({ secret: one.secret, key: one.key })
        : call(imported('@home/kubernetes', 'fromSecret'), block, literal(one.key));
    return [one.name, key] as const;
  });
  const props = object({
    namespace,
    image: literal(image),
    port: literal(port),
    host: literal(host),
    memory: literal(memory),
    health: health === undefined ? undefined : literal(health),
    command: command && data(command),
    args: args && data(args),
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

/** A flag or a number, where the environment holds the same text for it. */
function simplest(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^(0|[1-9]\d{0,8})$/.test(text) ? Number(text) : text;
}
