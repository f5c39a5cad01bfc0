import type { Problem } from '@home/terraform';
import { type Code, Embedded, call, data, imported, list, literal, object } from '../code/code';
import type { Composite, CompositeScope } from '../kubernetes/describe-groups';
import { type Fields, fieldsOf, itemsOf } from '../kubernetes/fields';
import type { ObjectName } from '../kubernetes/object-relations';
import type { ComposeService } from './read-compose';
import { type ServicePort, isWeb } from './service-ports';

/** What a service says, in Kubernetes' words. */
export interface ServiceParts {
  readonly name: string;
  readonly namespace: string;
  readonly ports: readonly ServicePort[];
  readonly pod: Fields;
}

/** A service that is a web app of the home, and what the home does in its own way. */
export interface ServiceApp extends Composite {
  readonly differences: readonly Problem[];
}

/** All that a container of a web app may have; the rest keeps a service from being one. */
const containerMembers = new Set(
  'name image command args env ports resources readinessProbe volumeMounts'.split(' '),
);

/**
 * The web app that a service is. Whatever changes what its container does keeps it from being one: several ports, volumes
 * with data, limits, rights.
 *
 * @returns undefined for a service that is none
 */
export function serviceApp(service: ComposeService, parts: ServiceParts): ServiceApp | undefined {
  const { name, namespace, ports, pod } = parts;
  const [port, ...others] = ports;
  const { containers, volumes, terminationGracePeriodSeconds = 30, ...rights } = pod;
  const container = fieldsOf(itemsOf(containers)[0]);
  const { resources, readinessProbe: probe } = container;
  const { requests, ...limits } = fieldsOf(resources);
  const { memory, ...cpu } = fieldsOf(requests);
  const { httpGet } = fieldsOf(probe);
  const config = mountedConfig(itemsOf(volumes).map(fieldsOf), itemsOf(container['volumeMounts']));
  const { replicas = 1 } = fieldsOf(service.fields['deploy']);
  if (port === undefined || others.length > 0 || !isWeb(port) || port.published === undefined)
    return undefined;
  const isPlain =
    Object.keys(container).every((member) => containerMembers.has(member)) &&
    [limits, cpu, rights].every((more) => Object.keys(more).length === 0) &&
    (probe === undefined || httpGet !== undefined) &&
    config !== 'unfit' &&
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
    objects: [
      ...['Deployment', 'Service', 'Ingress'].map((kind) => named(kind)),
      ...(config ? [named('ConfigMap', config.name)] : []),
    ],
    differences: differences(service, name, port, fieldsOf(probe)),
    code: (scope) =>
      call(
        imported('@home/kubernetes', 'webApp'),
        literal(name),
        object({
          namespace: scope.nameOf({ kind: 'Namespace', name: namespace }) ?? literal(namespace),
          image: literal(String(container['image'])),
          port: literal(port.number),
          host: literal(name),
          memory: literal(String(memory)),
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
          writableRoot: literal(writableRoot),
          root: data({ why: whyRoot, capabilities: usualCapabilities }),
        }),
      ),
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

/** It ran with one, and nothing in a compose file tells what it writes. */
const writableRoot =
  'It ran so before. Find out which folders it writes into, and name them as scratch instead.';

/** Nor does anything tell whom it ran as. */
const whyRoot =
  'It ran so before, or as its image says. Look the user up in its Dockerfile, and name it as user instead.';

/** What root may do in a container of Docker and in a namespace that is held to baseline. */
const usualCapabilities = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'KILL', 'SETGID', 'SETUID'];

/** What the home does in its own way with a web app. */
function differences(service: ComposeService, name: string, port: ServicePort, probe: Fields): Problem[] {
  const remedy = 'Look whether it fits';
  const isTimed = Object.keys(probe).some((key) => /Seconds$|Threshold$/.test(key));
  const timed = `Deployment ${name}: a web app of the home is asked at its own intervals`;
  const moved = `Service ${name}: port ${port.number} becomes 80`;
  return [
    ...(isTimed ? [{ where: service.where([]), what: timed, remedy }] : []),
    ...(port.number === 80 ? [] : [{ where: service.where(['ports']), what: moved, remedy }]),
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
