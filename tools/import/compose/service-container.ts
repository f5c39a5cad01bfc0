import { type Fields, fieldsOf, itemsOf } from '../kubernetes/fields';
import type { ComposeService } from './compose-service';
import type { ServiceEnvironment } from './service-environment';
import { type ServicePort, protocolOf } from './service-ports';
import { readCommand } from './split-command';

/** The memory that is set aside for a service of which nothing is known. */
const supposedMemory = '64Mi';

/** What is made of other members of the service. */
interface ContainerParts {
  readonly name: string;
  readonly ports: readonly ServicePort[];
  readonly environment: ServiceEnvironment;
  readonly mounts: readonly Fields[];
  readonly probe: Fields | undefined;
}

/** The container of a service. */
export function serviceContainer(service: ComposeService, parts: ContainerParts): Fields {
  const { fields } = service;
  const { name, ports, environment, mounts, probe } = parts;
  const command = readCommand(fields['entrypoint']);
  const args = readCommand(fields['command']);
  const env = [
    ...[...environment.plain].map(([key, value]) => ({ name: key, value: literally(value) })),
    ...[...environment.secret.keys()].map((key) => ({
      name: key,
      valueFrom: { secretKeyRef: { name, key } },
    })),
  ];
  const security = securityContext(service);
  return {
    name,
    image: fields['image'],
    ...(command && { command: command.map(literally) }),
    ...(args && { args: args.map(literally) }),
    ...(fields['working_dir'] !== undefined && { workingDir: String(fields['working_dir']) }),
    ...(env.length > 0 && { env }),
    ...(ports.length > 0 && {
      ports: ports.map((port) => ({ containerPort: port.number, ...protocolOf(port) })),
    }),
    resources: containerResources(service),
    ...(Object.keys(security).length > 0 && { securityContext: security }),
    ...(mounts.length > 0 && { volumeMounts: mounts }),
    // Docker tells that a container is not healthy, and lets it run.
    ...(probe && { readinessProbe: probe }),
    ...(fields['tty'] === true && { tty: true }),
    ...(fields['stdin_open'] === true && { stdin: true }),
  };
}

/** Kubernetes takes `$(NAME)` for a variable, and compose does not. */
export const literally = (text: string): string => text.replace(/\$(?=\()/g, '$$$$');

function containerResources({ fields, lose }: ComposeService): Fields {
  const { limits, reservations } = fieldsOf(fieldsOf(fields['deploy'])['resources']);
  const requests = amounts(reservations, { memory: fields['mem_reservation'] });
  const most = amounts(limits, { memory: fields['mem_limit'], cpus: fields['cpus'] });
  const isKnown = requests['memory'] !== undefined || most['memory'] !== undefined;
  if (!isKnown) lose([], `it reserves no memory; ${supposedMemory} is a guess`, 'Look at what it takes');
  const memory = requests['memory'] ?? most['memory'] ?? supposedMemory;
  return {
    requests: { ...requests, memory },
    ...(Object.keys(most).length > 0 && { limits: most }),
  };
}

/** Amounts of memory and CPU in Kubernetes' terms. */
function amounts(given: unknown, otherwise: Fields): Fields {
  const { memory, cpus } = { ...otherwise, ...fieldsOf(given) };
  return {
    ...(memory !== undefined && { memory: quantity(String(memory)) }),
    ...(cpus !== undefined && { cpu: String(cpus) }),
  };
}

/** `512m`, `1gb` → `512Mi`, `1Gi`: compose counts in powers of two. */
function quantity(size: string): string {
  const [, amount, unit = ''] = /^([\d.]+)\s*([bkmg]?)b?$/i.exec(size) ?? [];
  if (amount === undefined) return size;
  const suffix = { k: 'Ki', m: 'Mi', g: 'Gi' }[unit.toLowerCase()] ?? '';
  return `${amount}${suffix}`;
}

function securityContext({ fields, lose }: ComposeService): Fields {
  const user = fields['user'];
  const [, uid, gid] = /^(\d+)(?::(\d+))?$/.exec(String(user ?? '')) ?? [];
  if (user !== undefined && uid === undefined) {
    lose(
      ['user'],
      `Kubernetes knows users by number, not "${String(user)}"`,
      'Look up its number in the image',
    );
  }
  const add = itemsOf(fields['cap_add']).map(String);
  const drop = itemsOf(fields['cap_drop']).map(String);
  return {
    ...(uid !== undefined && { runAsUser: Number(uid) }),
    ...(gid !== undefined && { runAsGroup: Number(gid) }),
    ...(fields['privileged'] === true && { privileged: true }),
    ...(fields['read_only'] === true && { readOnlyRootFilesystem: true }),
    ...((add.length > 0 || drop.length > 0) && {
      capabilities: { ...(add.length > 0 && { add }), ...(drop.length > 0 && { drop }) },
    }),
  };
}
