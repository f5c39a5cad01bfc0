import { isHarmlessCapability, isSafeSysctl } from '@home/kubernetes';
import { isPlainObject } from '@home/terraform';
import { type Fields, fieldsOf, itemsOf, listOf, present } from '../kubernetes/fields';
import { supposedMemory } from '../kubernetes/marked-defaults';
import type { Path } from '../source/read-yaml';
import type { Loss } from '../imported';
import { quantity, seconds } from './amounts';
import type { ComposeService } from './read-compose';
import { type ServiceEnvironment, literally } from './service-environment';
import { type ServicePort, protocolOf } from './service-ports';
import { probesOf } from './service-probes';

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

/** Gives fields of the pod, those of its container under `container`. */
type Carry = (given: unknown, member: Member) => Fields;

/** https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline, which Talos demands of namespaces. */
const needsRights = (member: string): Loss => [
  'such a pod may do what it likes with its node, so it goes into the namespace infra',
  'Look whether it needs that',
  'hurts',
  member,
];

const unknown: Loss = [
  'is unknown to the import',
  'Look whether Kubernetes has it, and write it in the code',
];

const limitOfProcesses: Loss = [
  'a pod has the limit of processes that its node sets',
  'Set podPidsLimit of the kubelet',
  'usual',
];

/** Is read together with another member. */
const elsewhere: Carry = () => ({});

/** What each member of a service becomes, or why it does not come along. */
const members: Readonly<Record<string, Carry | Loss>> = {
  network_mode: (mode = 'bridge', { lose }) => {
    if (mode === 'none')
      lose(['a pod has a network', 'Write a NetworkPolicy that lets nothing through', 'hurts']);
    if (mode === 'none' || mode === 'bridge') return {};
    lose(
      mode === 'host'
        ? needsRights('network_mode')
        : [
            'it shares the network of another one, and here each has its own',
            'Put both containers into one pod',
            'hurts',
            String(mode),
          ],
    );
    // By the policy of the host, it would not find other services.
    return mode === 'host' ? { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' } : {};
  },
  pid: ofHost('pid', 'hostPID'),
  ipc: ofHost('ipc', 'hostIPC'),
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
    const sysctls = sysctlsIn(given);
    for (const [name, , at] of sysctls.filter(([one]) => !isSafeSysctl(one))) {
      const what = 'nodes refuse a pod with this sysctl until they are configured to allow it';
      lose([what, 'Add it to allowedUnsafeSysctls of the kubelet, or leave it out', 'hurts', name], at);
    }
    return secured({ sysctls: sysctls.map(([name, value]) => ({ name, value })) });
  },
  group_add: (given, { lose }) => {
    const groups = [...itemsOf(given).map(String).entries()];
    const isNumber = (group: string): boolean => /^\d+$/.test(group);
    for (const [index, group] of groups.filter(([, one]) => !isNumber(one)))
      lose(['Kubernetes knows groups by number', 'Look up its number in the image', undefined, group], index);
    return secured({ supplementalGroups: groups.flatMap(([, one]) => (isNumber(one) ? Number(one) : [])) });
  },
  stop_grace_period: (given) => present({ terminationGracePeriodSeconds: seconds(given) }),

  image: (image, { name }) => container({ name, image }),
  entrypoint: (_, { environment: { commands } }) => container({ command: commands.entrypoint }),
  command: (_, { environment: { commands } }) => container({ args: commands.command }),
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
      lose(['Kubernetes knows users by number', 'Look up its number in the image', undefined, String(user)]);
    return container(secured({ runAsUser: uid && Number(uid), runAsGroup: gid && Number(gid) }));
  },
  privileged: (given, { lose }) => {
    if (given === true) lose(needsRights('privileged'));
    return container(secured({ privileged: given === true || undefined }));
  },
  read_only: (given) => container(secured({ readOnlyRootFilesystem: given === true || undefined })),
  cap_add: (given, { lose }) => {
    const add = capabilitiesIn(given);
    if (add.length > 0)
      lose(['it gets these rights of root', 'Take out what it does not need', 'hurts', add.join(', ')]);
    return container(secured({ capabilities: present({ add }) }));
  },
  cap_drop: (given) => container(secured({ capabilities: present({ drop: capabilitiesIn(given) }) })),
  deploy: (given, { service, lose }) => {
    const { mem_limit, mem_reservation, cpus } = service.fields;
    const { resources, replicas: _, ...others } = fieldsOf(given);
    const { limits, reservations } = fieldsOf(resources);
    tellDeploy(others, fieldsOf(limits), fieldsOf(reservations), lose);
    const requests = amounts({ memory: mem_reservation, ...fieldsOf(reservations) });
    const most = amounts({ memory: mem_limit, cpus, ...fieldsOf(limits) });
    const known = requests['memory'] ?? most['memory'];
    const what = `it reserves no memory, and ${supposedMemory} is a guess`;
    if (known === undefined) service.lose([], what, 'Look at what it takes', 'usual');
    return container({
      resources: present({ requests: present({ ...requests, memory: known }), limits: most }),
    });
  },
  mem_limit: elsewhere,
  mem_reservation: elsewhere,
  cpus: elsewhere,
  volumes: (_, { mounts }) => container({ volumeMounts: mounts }),
  tmpfs: elsewhere,
  shm_size: elsewhere,
  secrets: elsewhere,
  configs: elsewhere,
  // Docker tells that a container is not healthy, and lets it run.
  healthcheck: (given, { ports, environment: { commands } }) =>
    container(probesOf(fieldsOf(given), commands.test, ports)),
  tty: (given) => container({ tty: given === true || undefined }),
  stdin_open: (given) => container({ stdin: given === true || undefined }),

  restart: elsewhere,
  depends_on: ['Kubernetes starts everything at once', 'Give the app a way to wait or to try again', 'usual'],
  build: ['an image has to be in a registry', 'Build and push it, and name it as image', 'hurts'],
  networks: [
    'everything in the cluster can reach everything else',
    'Write a NetworkPolicy where that is unwanted',
    'usual',
  ],
  container_name: [
    'other services find it under its own name',
    'Change the name where else it is used',
    'usual',
  ],
  links: ['other services are found under their own names', 'Use these', 'usual'],
  labels: ['nothing here reads the labels of containers', 'Say in the code what they asked for', 'usual'],
  extends: ['what it extends is not read', 'Print it as one: docker compose config', 'hurts'],
  devices: [
    'a device of the host is not imported',
    'Mount it as host_path, and make the container privileged',
    'hurts',
  ],
  gpus: [
    'the GPU of the host is not imported',
    'Install the device plugin of its maker, and ask for it as a limit',
    'hurts',
  ],
  pids_limit: limitOfProcesses,
  security_opt: ['is written differently in Kubernetes', 'Write it as security_context of the container'],
  ulimits: ['processes have the limits of the node', 'Set them in what the container starts'],
  logging: ['the node keeps what a container prints', 'Read it with kubectl logs', 'usual'],
  profiles: [
    'every service runs, also one of a profile',
    'Delete the workloads that are not meant to',
    'hurts',
  ],
  platform: ['a pod runs where there is room', 'Write a node_selector for kubernetes.io/arch'],
  pull_policy: [
    'an image that is pinned is pulled once',
    'Set image_pull_policy if that is unwanted',
    'usual',
  ],
  stop_signal: ['Kubernetes ends a container with SIGTERM', 'Write a pre_stop that sends another signal'],

  init: [
    'the program of the image is the first process',
    'Use an image with an init, if it leaves processes behind',
    'usual',
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
    lose(['restart'], 'a pod is always started again', 'Make it a Job if it ends by itself', 'hurts');
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
function ofHost(member: string, field: string): Carry {
  return (given, { lose }) => {
    if (given !== undefined) lose(given === 'host' ? needsRights(member) : unknown);
    return given === 'host' ? { [field]: true } : {};
  };
}

/** `CAP_NET_ADMIN`, `net_admin` → `NET_ADMIN` */
const capabilitiesIn = (given: unknown): string[] =>
  itemsOf(given).map((one) => String(one).toUpperCase().replace(/^CAP_/, ''));

/** Whether a namespace that is held to baseline would refuse a service's pod. */
export const needsNode = ({ fields }: ComposeService): boolean =>
  fields['privileged'] === true ||
  [fields['network_mode'], fields['pid'], fields['ipc']].includes('host') ||
  capabilitiesIn(fields['cap_add']).some((one) => !isHarmlessCapability(one)) ||
  sysctlsIn(fields['sysctls']).some(([name]) => !isSafeSysctl(name));

/** Takes note of what a service asks of a swarm, and a pod does not say so. */
function tellDeploy(others: Fields, limits: Fields, reservations: Fields, lose: Member['lose']): void {
  const asksFor = (name: string): boolean => [limits, reservations].some((one) => one[name] !== undefined);
  if (asksFor('pids')) lose(limitOfProcesses, 'resources');
  if (asksFor('devices'))
    lose(
      [
        'a device of the host is not imported',
        'Install the device plugin of its maker, and ask for it as a limit',
        'hurts',
      ],
      'resources',
      'reservations',
      'devices',
    );
  for (const [name, loss] of Object.entries(ofSwarm)) if (others[name] !== undefined) lose(loss, name);
}

const ofSwarm: Readonly<Record<string, Loss>> = {
  placement: ['a pod runs where there is room', 'Write a node_selector', 'hurts'],
  restart_policy: ['a pod is always started again', 'Make it a Job if it ends by itself', 'usual'],
  labels: ['nothing here reads the labels of services', 'Say in the code what they asked for', 'usual'],
  update_config: [
    'the old pod ends before the new one starts',
    'Write a strategy, if that is unwanted',
    'usual',
  ],
  rollback_config: ['nothing is rolled back by itself', 'Apply what was before', 'usual'],
  endpoint_mode: ['a Service has one address', 'Set cluster_ip to "None", if that is unwanted', 'usual'],
  mode: ['a service runs once', 'Make it a DaemonSet, if each node has to run it'],
};

const textsIn = (given: unknown): string[] => listOf(given).map(String);

/** What compose takes as a map or as a list of texts, each with the step to it. */
function pairsIn(given: unknown, pattern: RegExp): [name: string, value: string, at: string | number][] {
  if (isPlainObject(given)) return Object.entries(given).map(([name, value]) => [name, String(value), name]);
  return itemsOf(given).flatMap((item, index): [string, string, number][] => {
    const [, name, value] = pattern.exec(String(item)) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value, index]];
  });
}

const sysctlsIn = (given: unknown) => pairsIn(given, /^([^=]+)=(.*)$/s);

/** Amounts of memory and CPU in Kubernetes' terms. */
const amounts = ({ memory, cpus }: Fields): Fields =>
  present({
    memory: memory === undefined ? undefined : quantity(String(memory)),
    cpu: cpus === undefined ? undefined : String(cpus),
  });
