import { isSafeSysctl } from '@home/kubernetes';
import { isPlainObject } from '@home/terraform';
import { type Fields, fieldsOf, itemsOf, listOf } from '../kubernetes/fields';
import type { Path } from '../source/read-yaml';
import type { ComposeService } from './read-compose';
import type { ServiceEnvironment } from './service-environment';
import { type ServicePort, protocolOf } from './service-ports';
import { readCommand } from './split-command';

/** What several members of a service give together. */
export interface ServiceParts {
  readonly name: string;
  readonly ports: readonly ServicePort[];
  readonly environment: ServiceEnvironment;
  readonly mounts: readonly Fields[];
}

/** What a member of a service is carried over with. */
interface Member extends ServiceParts {
  readonly service: ComposeService;
  /** Takes note of what does not come along as it was; `below` leads to a part of the member. */
  lose(loss: Loss, ...below: Path): void;
}

/** What is different here, and what does the same. */
type Loss = readonly [what: string, remedy: string];

/** Gives fields of the pod, those of its container under `container`. */
type Carry = (given: unknown, member: Member) => Fields;

/** https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline, which Talos demands of namespaces. */
const needsRights: Loss = [
  'a namespace takes such a pod only where it is allowed',
  'Put it into infra, or label its namespace "pod-security.kubernetes.io/enforce": "privileged"',
];

const unknown: Loss = [
  'is unknown to the import',
  'Look whether Kubernetes has it, and write it in the code',
];

/** Is read together with another member. */
const elsewhere: Carry = () => ({});

/** What each member of a service becomes, or why it does not come along. */
const members: Readonly<Record<string, Carry | Loss>> = {
  network_mode: (mode = 'bridge', { lose }) => {
    if (mode === 'none') lose(['a pod has a network', 'Write a NetworkPolicy that lets nothing through']);
    if (mode === 'none' || mode === 'bridge') return {};
    lose(
      mode === 'host'
        ? needsRights
        : [`${String(mode)} is a network of two`, 'Put both containers into one pod'],
    );
    // By the policy of the host, it would not find other services.
    return mode === 'host' ? { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' } : {};
  },
  pid: ofHost('hostPID'),
  ipc: ofHost('hostIPC'),
  hostname: (hostname, { lose }) => {
    if (hostname === undefined || /^[a-z\d]([a-z\d-]{0,61}[a-z\d])?$/.test(String(hostname)))
      return present({ hostname: hostname === undefined ? undefined : String(hostname) });
    lose([
      `"${String(hostname)}" is not a valid name for a pod`,
      'Choose lower-case letters, digits and dashes',
    ]);
    return {};
  },
  // `nas:192.168.1.5`, `nas=192.168.1.5` or `{ nas: 192.168.1.5 }`: the names of each address.
  extra_hosts: (given, { lose }) => {
    const names = new Map<string, string[]>();
    for (const [name, written, at] of pairsIn(given, /^([^=:]+)[=:](.*)$/s)) {
      const address = written.replace(/^\[(.*)\]$/, '$1');
      if (address === 'host-gateway')
        lose(['a pod has no gateway to its host', 'Write the address of the machine that is meant'], at);
      else names.set(address, [...(names.get(address) ?? []), name]);
    }
    return present({ hostAliases: [...names].map(([ip, hostnames]) => ({ ip, hostnames })) });
  },
  dns: (given, { lose }) => {
    const nameservers = textsIn(given);
    const what = 'the DNS of the cluster is asked first, and this one only if that does not answer';
    if (nameservers.length > 0)
      lose([what, 'Write dns_policy: "None", if the app calls no other of the cluster by name']);
    return present({ dnsConfig: present({ nameservers }) });
  },
  dns_search: (given) => present({ dnsConfig: present({ searches: textsIn(given) }) }),
  dns_opt: (given) => {
    const options = textsIn(given).map((option) => {
      const [name, value] = option.split(':');
      return present({ name, value });
    });
    return present({ dnsConfig: present({ options }) });
  },
  sysctls: (given, { lose }) => {
    const sysctls = pairsIn(given, /^([^=]+)=(.*)$/s);
    for (const [name, , at] of sysctls.filter(([one]) => !isSafeSysctl(one))) {
      const what = `nodes refuse a pod with ${name} until they are configured to allow it`;
      lose([what, 'Add it to allowedUnsafeSysctls of the kubelet, or leave it out'], at);
    }
    return secured({ sysctls: sysctls.map(([name, value]) => ({ name, value })) });
  },
  group_add: (given, { lose }) => {
    const groups = [...itemsOf(given).map(String).entries()];
    const isNumber = (group: string): boolean => /^\d+$/.test(group);
    for (const [index, group] of groups.filter(([, one]) => !isNumber(one)))
      lose([`Kubernetes knows groups by number, not "${group}"`, 'Look up its number in the image'], index);
    return secured({ supplementalGroups: groups.flatMap(([, one]) => (isNumber(one) ? Number(one) : [])) });
  },
  stop_grace_period: (given) => present({ terminationGracePeriodSeconds: seconds(given) }),

  image: (image, { name }) => container({ name, image }),
  entrypoint: (given) => container({ command: readCommand(given)?.map(literally) }),
  command: (given) => container({ args: readCommand(given)?.map(literally) }),
  working_dir: (given) => container({ workingDir: given && String(given) }),
  environment: (_, { name, environment: { plain, secret } }) => {
    const given = [...plain].map(([key, value]) => ({ name: key, value: literally(value) }));
    const hidden = [...secret.keys()].map((key) => ({
      name: key,
      valueFrom: { secretKeyRef: { name, key } },
    }));
    return container({ env: [...given, ...hidden] });
  },
  env_file: elsewhere,
  ports: (_, { ports }) =>
    container({ ports: ports.map((port) => ({ containerPort: port.number, ...protocolOf(port) })) }),
  expose: elsewhere,
  user: (user, { lose }) => {
    const [, uid, gid] = /^(\d+)(?::(\d+))?$/.exec(String(user)) ?? [];
    if (user !== undefined && uid === undefined)
      lose([`Kubernetes knows users by number, not "${String(user)}"`, 'Look up its number in the image']);
    return container(secured({ runAsUser: uid && Number(uid), runAsGroup: gid && Number(gid) }));
  },
  privileged: (given, { lose }) => {
    if (given === true) lose(needsRights);
    return container(secured({ privileged: given === true || undefined }));
  },
  read_only: (given) => container(secured({ readOnlyRootFilesystem: given === true || undefined })),
  cap_add: (given) => container(secured({ capabilities: present({ add: itemsOf(given).map(String) }) })),
  cap_drop: (given) => container(secured({ capabilities: present({ drop: itemsOf(given).map(String) }) })),
  deploy: (given, { service: { fields, lose } }) => {
    const { mem_limit, mem_reservation, cpus } = fields;
    const { limits, reservations } = fieldsOf(fieldsOf(given)['resources']);
    const requests = amounts({ memory: mem_reservation, ...fieldsOf(reservations) });
    const most = amounts({ memory: mem_limit, cpus, ...fieldsOf(limits) });
    const known = requests['memory'] ?? most['memory'];
    const what = `it reserves no memory; ${supposedMemory} is a guess`;
    if (known === undefined) lose([], what, 'Look at what it takes');
    const memory = known ?? supposedMemory;
    return container({ resources: present({ requests: { ...requests, memory }, limits: most }) });
  },
  mem_limit: elsewhere,
  mem_reservation: elsewhere,
  cpus: elsewhere,
  volumes: (_, { mounts }) => container({ volumeMounts: mounts }),
  tmpfs: elsewhere,
  // Docker tells that a container is not healthy, and lets it run.
  healthcheck: (given, { ports }) => container({ readinessProbe: probeOf(fieldsOf(given), ports) }),
  tty: (given) => container({ tty: given === true || undefined }),
  stdin_open: (given) => container({ stdin: given === true || undefined }),

  restart: elsewhere,
  depends_on: ['Kubernetes starts everything at once', 'Give the app a way to wait or to try again'],
  build: ['an image has to be in a registry', 'Build and push it, and name it as image'],
  networks: [
    'everything in the cluster can reach everything else',
    'Write a NetworkPolicy where that is unwanted',
  ],
  container_name: ['other services find it under its own name', 'Change the name where it is used'],
  links: ['other services are found under their own names', 'Use these'],
  labels: ['nothing here reads the labels of containers', 'Say in the code what they asked for'],
  secrets: ['secret files are not imported', 'Mount a Secret made of a variable'],
  configs: ['config files are not imported', 'Mount them under volumes, and import it again'],
  extends: ['what it extends is not read', 'Print it as one: docker compose config'],
  devices: [
    'a device of the host is not imported',
    'Mount it as host_path, and make the container privileged',
  ],
  shm_size: ['shared memory is 64 MB', 'Mount an empty_dir with medium "Memory" at /dev/shm'],
  security_opt: ['is written differently in Kubernetes', 'Write it as security_context of the container'],
  ulimits: ['processes have the limits of the node', 'Set them in what the container starts'],
  logging: ['the node keeps what a container prints', 'Read it with kubectl logs'],
  profiles: ['every service runs', 'Delete the workloads that are not meant to'],
  platform: ['a pod runs where there is room', 'Write a node_selector for kubernetes.io/arch'],
  pull_policy: ['an image that is pinned is pulled once', 'Set image_pull_policy if that is unwanted'],
  stop_signal: ['Kubernetes ends a container with SIGTERM', 'Write a pre_stop that sends another signal'],
  init: [
    'the program of the image is the first process',
    'Use an image with an init, if it leaves processes behind',
  ],
};

/** Takes note of what does not come along with a service. */
export function tellLosses({ fields, lose }: ComposeService): void {
  for (const name of Object.keys(fields).filter((one) => !one.startsWith('x-'))) {
    const member = Object.hasOwn(members, name) ? members[name] : undefined;
    if (typeof member !== 'function') lose([name], ...(member ?? unknown));
  }
  const restart = String(fields['restart']);
  if (restart === 'no' || restart.startsWith('on-failure'))
    lose(['restart'], 'a pod of a Deployment is always restarted', 'Make it a Job if it ends by itself');
}

/** The pod of a service, its container apart. */
export function servicePod(service: ComposeService, parts: ServiceParts): Fields & { container: Fields } {
  const { fields, lose } = service;
  const pod = Object.entries(members).reduce<Fields>((made, [name, member]) => {
    if (typeof member !== 'function') return made;
    const tell: Member['lose'] = (loss, ...below) => lose([name, ...below], ...loss);
    return merge(made, member(fields[name] ?? undefined, { ...parts, service, lose: tell }));
  }, {});
  return { ...pod, container: fieldsOf(pod['container']) };
}

/** Fields without those that say nothing. */
export const present = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => !saysNothing(value)));

const saysNothing = (value: unknown): boolean =>
  value === undefined ||
  (Array.isArray(value) && value.length === 0) ||
  (isPlainObject(value) && Object.keys(value).length === 0);

const container = (fields: Fields): Fields => present({ container: present(fields) });

const secured = (fields: Fields): Fields => present({ securityContext: present(fields) });

const merge = (one: Fields, other: Fields): Fields => ({
  ...one,
  ...Object.fromEntries(
    Object.entries(other).map(([name, value]) => {
      const known = one[name];
      return [name, isPlainObject(known) && isPlainObject(value) ? merge(known, value) : value];
    }),
  ),
});

/** Of these only the namespace of the host has a place in a pod. */
function ofHost(field: string): Carry {
  return (given, { lose }) => {
    if (given !== undefined) lose(given === 'host' ? needsRights : unknown);
    return given === 'host' ? { [field]: true } : {};
  };
}

const textsIn = (given: unknown): string[] => listOf(given).map(String);

/** What compose takes as a map or as a list of texts, each with the step to it. */
function pairsIn(given: unknown, pattern: RegExp): [name: string, value: string, at: string | number][] {
  if (isPlainObject(given)) return Object.entries(given).map(([name, value]) => [name, String(value), name]);
  return itemsOf(given).flatMap((item, index): [string, string, number][] => {
    const [, name, value] = pattern.exec(String(item)) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value, index]];
  });
}

/** Kubernetes takes `$(NAME)` for a variable, and compose does not. */
const literally = (text: string): string => text.replace(/\$(?=\()/g, '$$$$');

/** The memory that is set aside for a service of which nothing is known. */
const supposedMemory = '64Mi';

/** Amounts of memory and CPU in Kubernetes' terms. */
const amounts = ({ memory, cpus }: Fields): Fields =>
  present({
    memory: memory === undefined ? undefined : quantity(String(memory)),
    cpu: cpus === undefined ? undefined : String(cpus),
  });

/** `512m`, `1gb` → `512Mi`, `1Gi`: compose counts in powers of two. */
function quantity(size: string): string {
  const [, amount, unit = ''] = /^([\d.]+)\s*([bkmg]?)b?$/i.exec(size) ?? [];
  if (amount === undefined) return size;
  const suffix = { k: 'Ki', m: 'Mi', g: 'Gi' }[unit.toLowerCase()] ?? '';
  return `${amount}${suffix}`;
}

/** A question over HTTP that a healthcheck asks its own container. */
const asked = /\bhttps?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::(\d+))?(\/[^\s"'|;)]*)?/;

/** The probe that asks what a healthcheck asks; undefined where there is none. */
function probeOf(given: Fields, ports: readonly ServicePort[]): Fields | undefined {
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
    url?.startsWith('http:') && isPlain && ports.some((one) => one.number === number)
      ? { httpGet: { path, port: number } }
      : { exec: { command: kind === 'CMD' ? words : ['/bin/sh', '-c', line] } };
  return present({
    ...question,
    initialDelaySeconds: seconds(given['start_period']),
    periodSeconds: seconds(given['interval']),
    timeoutSeconds: seconds(given['timeout']),
    failureThreshold: given['retries'] === undefined ? undefined : Number(given['retries']),
  });
}

/** `1m30s` → 90 */
function seconds(duration: unknown): number | undefined {
  if (duration === undefined || duration === null) return undefined;
  const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001, us: 0.000001 };
  const parts = [...String(duration).matchAll(/([\d.]+)(ms|us|[hms])/g)];
  const sum = parts.reduce((total, [, amount, unit = 's']) => total + Number(amount) * (units[unit] ?? 1), 0);
  return Math.max(1, Math.ceil(sum));
}
