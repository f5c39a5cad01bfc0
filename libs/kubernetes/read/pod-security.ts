import { type Body, isExpression, isPlainObject } from '@home/terraform';
import { isOpen, nestedBlock, nestedBlocks } from './known-body';
import type { Container, Pod } from './pods';

/** What a namespace lets its pods do, by Kubernetes' Pod Security Standards; the strictest comes last. */
export const levels = ['privileged', 'baseline', 'restricted'] as const;

export type Level = (typeof levels)[number];

/** Something that a pod asks for, and that a standard refuses. */
export interface Excess {
  /** The least strict standard that refuses it. */
  readonly refusedBy: Exclude<Level, 'privileged'>;
  /** The container's name; undefined for what the pod asks for as a whole. */
  readonly container: string | undefined;
  /** What the standard demands instead: `must not be privileged`. */
  readonly demand: string;
  readonly remedy: string;
}

/**
 * What a pod asks for beyond the standards, as Kubernetes 1.35 sees them. What only Terraform knows is let through.
 * https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export const excessesOf = (pod: Pod): Excess[] => [
  ...ofPod.flatMap(([refusedBy, check]) =>
    check(pod).map(([demand, remedy]) => ({ refusedBy, container: undefined, demand, remedy })),
  ),
  ...pod.containers.flatMap((container) =>
    ofContainers.flatMap(([refusedBy, check]) =>
      check(container, pod).map(([demand, remedy]) => ({
        refusedBy,
        container: container.name,
        demand,
        remedy,
      })),
    ),
  ),
];

/** What is demanded, and how to meet it. */
type Demand = readonly [demand: string, remedy: string];
type Standard = Excess['refusedBy'];

/** https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/#safe-and-unsafe-sysctls */
const safeSysctl =
  /^(kernel\.shm_rmid_forced|net\.ipv4\.(ip_local_(port_range|reserved_ports)|ip_unprivileged_port_start|ping_group_range|tcp_(syncookies|keepalive_(time|intvl|probes)|fin_timeout|rmem|wmem)))$/;

/** Tells whether every namespace and every node takes a pod with this sysctl. */
export const isSafeSysctl = (name: string): boolean => safeSysctl.test(name.replaceAll('/', '.'));

/** Tells whether a namespace that enforces `baseline` takes a pod with this capability. */
export const isHarmlessCapability = (name: string): boolean => harmlessCapabilities.has(name);

const harmlessCapabilities: ReadonlySet<unknown> = new Set(
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(
    ' ',
  ),
);

const confined: ReadonlySet<unknown> = new Set([
  '',
  'container_t',
  'container_init_t',
  'container_kvm_t',
  'container_engine_t',
]);

const restrictedVolumes: ReadonlySet<string> = new Set([
  'name',
  'config_map',
  'csi',
  'downward_api',
  'empty_dir',
  'ephemeral',
  'image',
  'persistent_volume_claim',
  'projected',
  'secret',
]);

const isTrue = (value: unknown): boolean => value === true || value === 'true';
const mayBeFalse = (value: unknown): boolean => value === false || value === 'false' || isExpression(value);
const isZero = (value: unknown): boolean => value === 0 || value === '0';
const isGiven = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !isExpression(value);
const quoted = (value: unknown): string => `"${String(value)}"`;
const listIn = (value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) return value.filter((item) => !isExpression(item));
  return [];
};

const securityOf = ({ body }: Container): Body => nestedBlock(body['security_context']);
const podSecurityOf = ({ spec }: Pod): Body => nestedBlock(spec['security_context']);

const ofPod: readonly (readonly [Standard, (pod: Pod) => readonly Demand[]])[] = [
  [
    'baseline',
    ({ spec }) =>
      ['host_network', 'host_pid', 'host_ipc']
        .filter((name) => isTrue(spec[name]))
        .map((name) => [`must not have ${name}`, 'Take it out']),
  ],
  [
    'baseline',
    ({ spec }) =>
      nestedBlocks(spec['volume'])
        .filter((volume) => nestedBlocks(volume['host_path']).length > 0)
        .map(({ name }) => [
          `must not have the host_path of volume ${quoted(name)}`,
          'Take another kind of volume',
        ]),
  ],
  ['baseline', (pod) => [...confinedBy(podSecurityOf(pod)), ...unsafeSysctls(podSecurityOf(pod))]],
  ['baseline', ({ annotations }) => unconfinedByAppArmor(annotations)],
  [
    'restricted',
    ({ spec }) =>
      nestedBlocks(spec['volume'])
        .filter((volume) => nestedBlocks(volume['host_path']).length === 0)
        .flatMap((volume) =>
          Object.keys(volume).filter((key) => !restrictedVolumes.has(key) && isGiven(volume[key])),
        )
        .map((kind) => [
          `must have no volume of the kind ${kind}`,
          'Put it into a PersistentVolume, and claim that',
        ]),
  ],
  ['restricted', (pod) => asRoot(podSecurityOf(pod))],
];

const ofContainers: readonly (readonly [Standard, (container: Container, pod: Pod) => readonly Demand[]])[] =
  [
    [
      'baseline',
      (container) =>
        isTrue(securityOf(container)['privileged'])
          ? [['must not be privileged', 'Take privileged out']]
          : [],
    ],
    [
      'baseline',
      (container) =>
        addedBy(container)
          .filter((name) => !harmlessCapabilities.has(name))
          .map((name) => [`must not add the capability ${quoted(name)}`, 'Take it out']),
    ],
    [
      'baseline',
      ({ body }, { spec }) =>
        nestedBlocks(body['port'])
          // On the host's network Kubernetes sets them all, and the network is refused already.
          .filter(({ host_port: port }) => isGiven(port) && !isZero(port) && !isTrue(spec['host_network']))
          .map(({ host_port: port }) => [
            `must not have host_port ${String(port)}`,
            'Take it out, and make a Service',
          ]),
    ],
    ['baseline', (container) => confinedBy(securityOf(container))],
    [
      'baseline',
      ({ body }) =>
        hostsIn(body).map((host) => [`must not probe the host ${quoted(host)}`, 'Take the host out']),
    ],
    [
      'restricted',
      (container) =>
        mayBeFalse(securityOf(container)['allow_privilege_escalation']) || isOpenSecurity(container)
          ? []
          : [['must not allow privilege escalation', say('allow_privilege_escalation: false')]],
    ],
    ['restricted', (container, pod) => notAsRoot(securityOf(container), podSecurityOf(pod))],
    ['restricted', (container, pod) => withSeccomp(securityOf(container), podSecurityOf(pod))],
    ['restricted', dropsAll],
    [
      'restricted',
      (container) =>
        addedBy(container)
          .filter((name) => harmlessCapabilities.has(name) && name !== 'NET_BIND_SERVICE')
          .map((name) => [`must not add the capability ${quoted(name)}`, 'Take it out']),
    ],
  ];

const say = (what: string): string => `Write security_context: { ${what} }`;

const isOpenSecurity = ({ body }: Container): boolean => isOpen(body['security_context']);

const addedBy = (container: Container): readonly unknown[] =>
  listIn(nestedBlock(securityOf(container)['capabilities'])['add']);

function dropsAll(container: Container): readonly Demand[] {
  const drop = nestedBlock(securityOf(container)['capabilities'])['drop'];
  if (isOpen(drop) || isOpenSecurity(container) || listIn(drop).includes('ALL')) return [];
  return [['must drop all capabilities', say('capabilities: { drop: ["ALL"] }')]];
}

function notAsRoot(own: Body, pod: Body): readonly Demand[] {
  const given = own['run_as_non_root'] ?? pod['run_as_non_root'];
  const demands = [...asRoot(own)];
  if (!isTrue(given) && !isExpression(given))
    demands.push(['must not run as root', say('run_as_non_root: true, run_as_user: "1000"')]);
  return demands;
}

const asRoot = (security: Body): Demand[] =>
  isZero(security['run_as_user'])
    ? [['must not run as user 0', 'Name another user, such as run_as_user: "1000"']]
    : [];

function withSeccomp(own: Body, pod: Body): readonly Demand[] {
  const given = [own, pod].map((security) => nestedBlock(security['seccomp_profile'])['type']);
  const type = given[0] ?? given[1];
  if (type === 'RuntimeDefault' || type === 'Localhost' || type === 'Unconfined' || isExpression(type))
    return [];
  return [['must have a seccomp profile', say('seccomp_profile: { type: "RuntimeDefault" }')]];
}

/** What takes a pod or a container out of the confinement of the system. */
function confinedBy(security: Body): readonly Demand[] {
  const { type, user, role } = nestedBlock(security['se_linux_options']);
  const seccomp = nestedBlock(security['seccomp_profile'])['type'];
  const windows = nestedBlock(security['windows_options'])['host_process'];
  const demands: Demand[] = [];
  if (seccomp === 'Unconfined')
    demands.push(['must have a seccomp profile', say('seccomp_profile: { type: "RuntimeDefault" }')]);
  if (isGiven(type) && !confined.has(type))
    demands.push([`must not have the SELinux type ${quoted(type)}`, 'Take it out']);
  if (isGiven(user) || isGiven(role))
    demands.push(['must not have an SELinux user or role', 'Take them out of se_linux_options']);
  if (isTrue(windows)) demands.push(['must not be a process of the host', 'Take host_process out']);
  return demands;
}

const unsafeSysctls = (security: Body): Demand[] =>
  nestedBlocks(security['sysctl']).flatMap(({ name }): Demand[] =>
    typeof name === 'string' && !isSafeSysctl(name) ? [[`must not set ${name}`, 'Take it out']] : [],
  );

function unconfinedByAppArmor(annotations: unknown): readonly Demand[] {
  if (!isPlainObject(annotations)) return [];
  return Object.entries(annotations)
    .filter(([key]) => key.startsWith('container.apparmor.security.beta.kubernetes.io/'))
    .filter(
      ([, profile]) => typeof profile === 'string' && !/^$|^runtime\/default$|^localhost\//.test(profile),
    )
    .map(([key, profile]) => [`must not have the AppArmor profile ${quoted(profile)}`, `Take ${key} out`]);
}

/** The hosts that the probes and hooks of a container ask, other than its own pod. */
function hostsIn(body: Body): readonly unknown[] {
  const probes = ['startup_probe', 'readiness_probe', 'liveness_probe'].map((name) =>
    nestedBlock(body[name]),
  );
  const lifecycle = nestedBlock(body['lifecycle']);
  const hooks = ['post_start', 'pre_stop'].map((name) => nestedBlock(lifecycle[name]));
  return [...probes, ...hooks].flatMap((one) =>
    ['http_get', 'tcp_socket'].flatMap((question) =>
      nestedBlocks(one[question]).flatMap((asked) => (isGiven(asked['host']) ? [asked['host']] : [])),
    ),
  );
}
