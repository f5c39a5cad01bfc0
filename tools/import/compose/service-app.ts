import type { Left } from '../imported';
import { home, imageFault } from '@home/home';
import { isKnownToWorld } from '@home/kubernetes';
import { type Code, Embedded, call, commented, data, imported, list, literal, object } from '../code/code';
import type { Composite, CompositeScope } from '../kubernetes/describe-groups';
import { type Fields, fieldsOf, itemsOf } from '../kubernetes/fields';
import { guessedMemory, markOf, supposedLogin, supposedMemory } from '../kubernetes/marked-defaults';
import type { ObjectName } from '../kubernetes/object-relations';
import type { ComposeService } from './read-compose';
import { type ServicePort, isWeb } from './service-ports';

/** What a service says, in Kubernetes' words. */
export interface ServiceParts {
  readonly name: string;
  readonly namespace: string;
  readonly ports: readonly ServicePort[];
  readonly pod: Fields;
  /** Folders on the share, where all of its data lies there: where they are mounted → which they are. */
  readonly files?: Readonly<Record<string, string>>;
  /** What a web app makes of it. */
  readonly objects: readonly ObjectName[];
}

/** A service that is a web app of the home, and what the home does in its own way. */
export interface ServiceApp extends Composite {
  readonly differences: readonly Left[];
}

/** All that a container of a web app may have; the rest keeps a service from being one. */
const containerMembers = new Set(
  'name image command args env ports resources readinessProbe startupProbe volumeMounts'.split(' '),
);

/**
 * The web app that a service is. Whatever changes what its container does keeps it from being one: several ports, data that
 * it shares or that lies on a disk, rights.
 *
 * @returns undefined for a service that is none
 */
export function serviceApp(service: ComposeService, parts: ServiceParts): ServiceApp | undefined {
  const { name, namespace, ports, pod, files, objects } = parts;
  const [port, ...others] = ports;
  const { containers, volumes, terminationGracePeriodSeconds = 30, ...rights } = pod;
  const container = fieldsOf(itemsOf(containers)[0]);
  const { resources, readinessProbe: probe } = container;
  const { requests, limits } = fieldsOf(resources);
  const { memory: memoryLimit, ...limitsBeyond } = fieldsOf(limits);
  const { memory, ...cpu } = fieldsOf(requests);
  const { httpGet } = fieldsOf(probe);
  const kept = itemsOf(volumes).map(fieldsOf).filter(isClaim);
  const isKept = (mount: unknown): boolean => kept.some((one) => one['name'] === fieldsOf(mount)['name']);
  const config = mountedConfig(
    itemsOf(volumes)
      .map(fieldsOf)
      .filter((one) => !kept.includes(one)),
    itemsOf(container['volumeMounts']).filter((mount) => !isKept(mount)),
  );
  const { replicas = 1 } = fieldsOf(service.fields['deploy']);
  if (port === undefined || others.length > 0 || !isWeb(port) || port.published === undefined)
    return undefined;
  const isPlain =
    Object.keys(container).every((member) => containerMembers.has(member)) &&
    [limitsBeyond, cpu, rights].every((more) => Object.keys(more).length === 0) &&
    (probe === undefined || httpGet !== undefined) &&
    itemsOf(container['env']).every((one) => /^[A-Za-z_]\w*$/.test(String(fieldsOf(one)['name']))) &&
    config !== 'unfit' &&
    (kept.length === 0 || files !== undefined) &&
    Number(replicas) === 1 &&
    terminationGracePeriodSeconds === 30;
  if (!isPlain) return undefined;
  const named = (kind: string, own = name): ObjectName => ({ kind, namespace, name: own });
  const texts = (member: 'command' | 'args'): Code | undefined => {
    const words = itemsOf(container[member]);
    return words.length === 0 ? undefined : list(words.map((word) => literal(String(word))));
  };
  const environmentCode = ({ nameOf }: CompositeScope): Code | undefined => {
    const secret = nameOf(named('Secret')) ?? literal(name);
    const members = itemsOf(container['env']).map((one): [string, Code] => {
      const { name: key, value } = fieldsOf(one);
      const isPlain = value !== undefined;
      return [String(key), isPlain ? literal(simplest(String(value))) : secretKey(secret, String(key))];
    });
    return members.length === 0 ? undefined : object(Object.fromEntries(members));
  };
  return {
    name,
    objects,
    differences: differences(service, name, port, fieldsOf(probe)),
    code: (scope) => {
      const image = String(container['image']);
      const props = object({
        namespace: scope.nameOf({ kind: 'Namespace', name: namespace }) ?? literal(namespace),
        image: literal(image),
        floatingImage: imageFault(image) === undefined ? undefined : literal(markOf('floatingImage')),
        port: literal(port.number),
        host: literal(name),
        login: isKnownToWorld(home) ? literal(true) : undefined,
        memory: literal(String(memory ?? supposedMemory)),
        memoryLimit: memoryLimit === undefined ? undefined : literal(String(memoryLimit)),
        health: httpGet === undefined ? undefined : literal(String(fieldsOf(httpGet)['path'])),
        command: texts('command'),
        args: texts('args'),
        env: environmentCode(scope),
        config:
          config &&
          data({
            name: config.name,
            files: new Embedded(scope.textsOf(named('ConfigMap', config.name))),
            mountedAt: config.mountedAt,
          }),
        files: kept.length === 0 ? undefined : data(files),
        writableRoot: literal(markOf('writableRoot')),
        root: data({ why: markOf('root'), capabilities: usualCapabilities }),
      });
      const guarded = commented(props, 'login', supposedLogin);
      const marked = memory === undefined ? commented(guarded, 'memory', guessedMemory) : guarded;
      return call(imported('@home/kubernetes', 'webApp'), literal(name), marked);
    },
  };
}

/** The folder of texts that is all that a service mounts; `unfit` when it mounts anything else, or a single file. */
function mountedConfig(
  [volume, ...others]: readonly Fields[],
  [mount]: readonly unknown[],
): { readonly name: string; readonly mountedAt: string } | undefined | 'unfit' {
  const { mountPath, subPath } = fieldsOf(mount);
  if (volume === undefined) return undefined;
  if (volume['configMap'] === undefined || others.length > 0 || subPath !== undefined) return 'unfit';
  return { name: String(volume['name']), mountedAt: String(mountPath) };
}

const isClaim = (volume: Fields): boolean => volume['persistentVolumeClaim'] !== undefined;

/** What root may do in a container of Docker and in a namespace that is held to baseline. */
const usualCapabilities = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'KILL', 'SETGID', 'SETUID'];

/** What the home does in its own way with a web app. */
function differences(service: ComposeService, name: string, port: ServicePort, probe: Fields): Left[] {
  const remedy = 'Look whether it fits';
  const isTimed = Object.keys(probe).some((key) => /Seconds$|Threshold$/.test(key));
  const timed = 'a web app of the home is asked at its own intervals';
  const moved = { of: `Service ${name}`, part: String(port.number), what: 'its port becomes 80', remedy };
  return [
    ...(isTimed ? [{ where: service.where([]), of: `Deployment ${name}`, what: timed, remedy }] : []),
    ...(port.number === 80 ? [] : [{ where: service.where(['ports']), ...moved }]),
  ];
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
