import { type Body, type OwnedBlock, type Problem, type Rule, isExpression } from '@home/terraform';
import { blocksAt, isOpen, nestedBlock, nestedBlocks } from '../read/known-body';
import { backendServices } from '../read/object-references';
import { type KubernetesObject, objectsIn } from '../read/objects';
import { type Container, type Pod, podsIn } from '../read/pods';
import { type Backing, backingsIn } from '../read/selectors';
import { mistake, notUnique, placeOf, quoteNames } from './mistake';
import { portName } from './names';

/**
 * Every port that is named exists: those of probes in their container, those of Services in their pods, those of
 * ingresses in their Service. Where a Service selects the pods of several workloads, Kubernetes passes over those that lack it.
 */
export const requireNamedPorts: Rule = (home) => [
  ...podsIn(home).flatMap(checkProbes),
  ...backingsIn(home).flatMap(checkTargets),
  ...objectsIn(home)
    .ofKind('ingress')
    .flatMap((ingress) => checkBackends(ingress, home)),
];

function checkProbes({ owned, containers }: Pod): Problem[] {
  return containers.flatMap((container) => {
    const ports = portsOf(container);
    return questionsOf(container).flatMap(({ asker, port }) => {
      if (!isWellNamed(port) || hasOpenPorts([container]) || mayBeNamed(port, ports)) return [];
      return [
        missing(owned, `port "${port}" of ${asker}`, `container "${container.name}"`, portNames(ports)),
      ];
    });
  });
}

function checkTargets({ service, pods }: Backing): Problem[] {
  return blocksAt(service.body, ['spec', 'port']).flatMap(({ target_port, protocol = 'TCP' }) => {
    if (!isWellNamed(target_port) || typeof protocol !== 'string') return [];
    const lacksIt = (pod: Pod): boolean =>
      !pod.open && !hasOpenPorts(pod.containers) && !mayBeNamed(target_port, portsOfPod(pod), protocol);
    const [pod] = pods;
    if (pod === undefined || !pods.every(lacksIt)) return [];
    const port = `target port "${target_port}" (${protocol})`;
    return [missing(service.owned, port, placeOf(pod.owned), portNames(portsOfPod(pod)))];
  });
}

function checkBackends({ owned, body, namespace }: KubernetesObject, home: readonly OwnedBlock[]): Problem[] {
  return backendServices(body).flatMap(({ name, port: given }) => {
    const service = objectsIn(home).find('service', namespace, name);
    if (service === undefined || service.owned.block.kind !== 'resource') return [];
    const port = nestedBlock(given);
    const listed = nestedBlock(service.body['spec'])['port'];
    const ports = nestedBlocks(listed);
    const isUnknown = isOpen(listed) || isExpression(given) || isExpression(port['name'] ?? port['number']);
    if (isUnknown || ports.some((one) => isPortOf(one, port))) return [];
    const wanted =
      port['name'] === undefined ? `port ${String(port['number'])}` : `port "${String(port['name'])}"`;
    const numbers = ports.map((one) => one['port']).filter((number) => typeof number === 'number');
    const has = port['name'] === undefined ? `port ${numbers.join(', ')}` : portNames(ports);
    return [missing(owned, wanted, placeOf(service.owned), has)];
  });
}

function isPortOf(service: Body, { name, number }: Body): boolean {
  const [has, wanted] = name === undefined ? [service['port'], number] : [service['name'], name];
  return has === wanted || isExpression(has);
}

const portNames = (ports: readonly { readonly name?: unknown }[]): string =>
  quoteNames(
    ports.map(({ name }) => name),
    'no named port',
  );

const missing = (owned: OwnedBlock, port: string, where: string, has: string): Problem =>
  mistake(
    owned,
    `${port} must be a port of ${where}, which has ${has}`,
    'Name one that is there, or add it there',
  );

/** Every port is a number that there is; and of a Service's ports each has a name, where there are several. */
export const requireValidPorts: Rule = (home) => [
  ...podsIn(home).flatMap(checkNumbers),
  ...objectsIn(home).made('service').flatMap(checkService),
];

function checkNumbers({ owned, containers }: Pod): Problem[] {
  return containers.flatMap((container) => {
    const of = `of container "${container.name}"`;
    return [
      ...nestedBlocks(container.body['port']).flatMap(({ container_port, host_port }) => [
        ...checkNumber(owned, 'container port', container_port, of),
        ...(host_port === 0 ? [] : checkNumber(owned, 'host port', host_port, of)),
      ]),
      ...questionsOf(container).flatMap(({ asker, port }) => checkNumber(owned, 'port', port, `of ${asker}`)),
    ];
  });
}

function checkService({ owned, body }: KubernetesObject): Problem[] {
  const ports = blocksAt(body, ['spec', 'port']);
  const remedy = "Give it one, such as name: 'web'";
  const isUnclear = ports.length > 1 && ports.some(({ name = '' }) => name === '');
  return [
    ...ports.flatMap(({ port, target_port, node_port }) => [
      ...checkNumber(owned, 'port', port),
      ...checkNumber(owned, 'target port', target_port),
      ...(node_port === 0 ? [] : checkNumber(owned, 'node port', node_port)),
    ]),
    ...(isUnclear ? [mistake(owned, `each of its ${ports.length} ports must have a name`, remedy)] : []),
  ];
}

/** No two Services take one port of the nodes: Kubernetes refuses the second one. */
export const uniqueNodePorts: Rule = (home) => {
  const taken = new Map<number, OwnedBlock>();
  return objectsIn(home)
    .made('service')
    .flatMap(({ owned, body }) => {
      const numbers = blocksAt(body, ['spec', 'port']).map(({ node_port }) => node_port);
      return [...new Set(numbers)].flatMap((number) => {
        if (typeof number !== 'number' || number === 0) return [];
        const other = taken.get(number);
        taken.set(number, other ?? owned);
        if (other === undefined) return [];
        return [notUnique(placeOf(other), placeOf(owned), `node port ${number}`, 'Choose another one')];
      });
    });
};

/** A text of digits is a number too; a name is not. */
function checkNumber(owned: OwnedBlock, kind: string, port: unknown, of = ''): Problem[] {
  if (typeof port !== 'number' && (typeof port !== 'string' || port === '' || isPortName(port))) return [];
  const number = Number(port);
  if (Number.isInteger(number) && number >= 1 && number <= 65535) return [];
  const what = `${[kind, port, of].join(' ').trimEnd()} must be a whole number from 1 to 65535`;
  return [mistake(owned, what, 'Write one such as 8080')];
}

/** A port that a container names. */
interface ContainerPort {
  readonly name: unknown;
  readonly protocol: unknown;
}

/** The ports that a container lists; `protocol` is TCP where none is given. */
const portsOf = ({ body }: Container): ContainerPort[] =>
  nestedBlocks(body['port']).map(({ name, protocol = 'TCP' }) => ({ name, protocol }));

/** The ports at which a Service may find a pod. */
const portsOfPod = ({ containers }: Pod): ContainerPort[] =>
  containers.filter(({ role }) => role !== 'init').flatMap(portsOf);

/** Tells whether a port is given by its name; a text of digits is a number. */
const isPortName = (port: unknown): port is string => typeof port === 'string' && !/^\d*$/.test(port);

/** What cannot be a port's name is told as such. */
const isWellNamed = (port: unknown): port is string => isPortName(port) && portName(port) === undefined;

/** Tells whether a name is among ports, or may be: what only Terraform knows may be any name. */
function mayBeNamed(name: string, ports: readonly ContainerPort[], protocol?: unknown): boolean {
  return ports.some(
    (port) =>
      (port.name === name || typeof port.name === 'object') &&
      (protocol === undefined || port.protocol === protocol || typeof port.protocol === 'object'),
  );
}

/** What a probe or a hook asks: where it stands, and the port. */
interface Question {
  readonly asker: string;
  readonly port: unknown;
}

/** All ports that Kubernetes itself asks a container at: probes, and hooks of its life. */
function questionsOf({ body }: Container): Question[] {
  const askers = [
    ...['startup_probe', 'readiness_probe', 'liveness_probe'].map((asker) => [asker]),
    ...['post_start', 'pre_stop'].map((asker) => ['lifecycle', asker]),
  ];
  return askers.flatMap((path) =>
    ['http_get', 'tcp_socket']
      .flatMap((way) => blocksAt(body, [...path, way]))
      .map(({ port }) => ({ asker: path.at(-1) ?? '', port })),
  );
}

/** Tells whether Terraform makes ports that are not known. */
const hasOpenPorts = (containers: readonly { readonly body: Body }[]): boolean =>
  containers.some(({ body }) => isOpen(body['port']));
