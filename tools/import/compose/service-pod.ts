import { isPlainObject } from '@home/terraform';
import { type Fields, fieldsOf, itemsOf } from '../kubernetes/fields';
import type { Path } from '../source/read-yaml';
import type { ComposeService } from './read-compose';
import type { ServiceEnvironment } from './service-environment';
import { type ServicePort, protocolOf } from './service-ports';
import { readCommand } from './split-command';

/** What a service says of all that surrounds its container, as the pod of Kubernetes says it. */
export function servicePod(service: ComposeService): Fields {
  const { fields } = service;
  tellRights(service);
  const hostAliases = readHosts(service);
  const dnsConfig = readDns(service);
  const securityContext = {
    ...listed('sysctls', readSysctls(service)),
    ...listed('supplementalGroups', readGroups(service)),
  };
  return {
    // By the policy of the host, it would not find other services.
    ...(readNetwork(service) === 'host' && { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' }),
    ...(fields['pid'] === 'host' && { hostPID: true }),
    ...(fields['ipc'] === 'host' && { hostIPC: true }),
    ...readHostname(service),
    ...listed('hostAliases', hostAliases),
    ...(Object.keys(dnsConfig).length > 0 && { dnsConfig }),
    ...(Object.keys(securityContext).length > 0 && { securityContext }),
  };
}

/** https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline, which Talos demands of namespaces. */
function tellRights({ fields, lose }: ComposeService): void {
  const { privileged, network_mode, pid, ipc } = fields;
  const asked = Object.entries({ network_mode, pid, ipc }).filter(([, value]) => value === 'host');
  for (const name of [...asked.map(([member]) => member), ...(privileged === true ? ['privileged'] : [])]) {
    const remedy =
      'Put it into infra, or label its namespace "pod-security.kubernetes.io/enforce": "privileged"';
    lose([name], 'a namespace takes such a pod only where it is allowed', remedy);
  }
}

const listed = (name: string, items: readonly unknown[]): Fields =>
  items.length === 0 ? {} : { [name]: items };

function readNetwork({ fields, lose }: ComposeService): string {
  const mode = String(fields['network_mode'] ?? 'bridge');
  if (mode === 'none')
    lose(['network_mode'], 'a pod has a network', 'Write a NetworkPolicy that lets nothing through');
  else if (mode !== 'host' && mode !== 'bridge')
    lose(['network_mode'], `${mode} is a network of two`, 'Put both containers into one pod');
  return mode;
}

function readHostname({ fields, lose }: ComposeService): Fields {
  const { hostname } = fields;
  if (hostname === undefined) return {};
  if (/^[a-z\d]([a-z\d-]{0,61}[a-z\d])?$/.test(String(hostname))) return { hostname: String(hostname) };
  lose(
    ['hostname'],
    `"${String(hostname)}" is not a valid name for a pod`,
    'Choose lower-case letters, digits and dashes',
  );
  return {};
}

/** `nas:192.168.1.5`, `nas=192.168.1.5` or `{ nas: 192.168.1.5 }`: the names of each address. */
function readHosts({ fields, lose }: ComposeService): Fields[] {
  const names = new Map<string, string[]>();
  for (const [name, given, path] of pairsIn(fields['extra_hosts'], 'extra_hosts', /^([^=:]+)[=:](.*)$/s)) {
    const address = given.replace(/^\[(.*)\]$/, '$1');
    if (address === 'host-gateway')
      lose(path, 'a pod has no gateway to its host', 'Write the address of the machine that is meant');
    else names.set(address, [...(names.get(address) ?? []), name]);
  }
  return [...names].map(([ip, hostnames]) => ({ ip, hostnames }));
}

function readDns({ fields, lose }: ComposeService): Fields {
  const nameservers = textsIn(fields['dns']);
  const options = textsIn(fields['dns_opt']).map((option) => {
    const [name, value] = option.split(':');
    return { name, ...(value !== undefined && { value }) };
  });
  if (nameservers.length > 0) {
    const what = 'the DNS of the cluster is asked first, and this one only if that does not answer';
    lose(['dns'], what, 'Write dns_policy: "None", if the app calls no other of the cluster by name');
  }
  return {
    ...listed('nameservers', nameservers),
    ...listed('searches', textsIn(fields['dns_search'])),
    ...listed('options', options),
  };
}

/** https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/#safe-and-unsafe-sysctls */
const safe =
  /^(kernel\.shm_rmid_forced|net\.ipv4\.(ip_local_(port_range|reserved_ports)|ip_unprivileged_port_start|ping_group_range|tcp_(syncookies|keepalive_(time|intvl|probes)|fin_timeout|rmem|wmem)))$/;

function readSysctls({ fields, lose }: ComposeService): Fields[] {
  return pairsIn(fields['sysctls'], 'sysctls', /^([^=]+)=(.*)$/s).map(([name, value, path]) => {
    if (!safe.test(name)) {
      const what = `nodes refuse a pod with ${name} until they are configured to allow it`;
      lose(path, what, 'Add it to allowedUnsafeSysctls of the kubelet, or leave it out');
    }
    return { name, value };
  });
}

function readGroups({ fields, lose }: ComposeService): number[] {
  return itemsOf(fields['group_add']).flatMap((group, index) => {
    if (/^\d+$/.test(String(group))) return [Number(group)];
    const what = `Kubernetes knows groups by number, not "${String(group)}"`;
    lose(['group_add', index], what, 'Look up its number in the image');
    return [];
  });
}

const textsIn = (given: unknown): string[] =>
  (Array.isArray(given) ? itemsOf(given) : given === undefined ? [] : [given]).map(String);

/** What compose takes as a map or as a list of texts, each with the place where it stands. */
function pairsIn(
  given: unknown,
  member: string,
  pattern: RegExp,
): [name: string, value: string, path: Path][] {
  if (isPlainObject(given))
    return Object.entries(given).map(([name, value]) => [name, String(value), [member, name]]);
  return itemsOf(given).flatMap((item, index): [string, string, Path][] => {
    const [, name, value] = pattern.exec(String(item)) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value, [member, index]]];
  });
}

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

/** A question over HTTP that a healthcheck asks its own container. */
const asked = /\bhttps?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::(\d+))?(\/[^\s"'|;)]*)?/;

/** The probe that asks what a healthcheck asks; undefined where there is none. */
export function serviceProbe(service: ComposeService, ports: readonly number[]): Fields | undefined {
  const given = fieldsOf(service.fields['healthcheck']);
  const test = given['test'];
  const [kind, ...words] = Array.isArray(test)
    ? itemsOf(test).map(String)
    : ['CMD-SHELL', String(test ?? '')];
  if (given['disable'] === true || kind === 'NONE' || words.join('') === '') return undefined;
  const line = words.join(' ');
  const [url, port, path = '/'] = asked.exec(line) ?? [];
  const number = Number(port ?? 80);
  const isPlain = /\b(curl|wget)\b/.test(line) && !/\s(-X|-H|-d|--data|--header|--post\S*)\b/.test(line);
  const question =
    url?.startsWith('http:') && isPlain && ports.includes(number)
      ? { httpGet: { path, port: number } }
      : { exec: { command: kind === 'CMD' ? words : ['/bin/sh', '-c', line] } };
  return {
    ...question,
    ...seconds('initialDelaySeconds', given['start_period']),
    ...seconds('periodSeconds', given['interval']),
    ...seconds('timeoutSeconds', given['timeout']),
    ...(given['retries'] !== undefined && { failureThreshold: Number(given['retries']) }),
  };
}

/** `1m30s` → `{ periodSeconds: 90 }` */
export function seconds(name: string, duration: unknown): Fields {
  if (duration === undefined || duration === null) return {};
  const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001, us: 0.000001 };
  const parts = [...String(duration).matchAll(/([\d.]+)(ms|us|[hms])/g)];
  const sum = parts.reduce((total, [, amount, unit = 's']) => total + Number(amount) * (units[unit] ?? 1), 0);
  return { [name]: Math.max(1, Math.ceil(sum)) };
}
