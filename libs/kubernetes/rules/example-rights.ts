import type { Level } from '../read/pod-security';

/** A pod, and the least strict standard by which a Kubernetes 1.35 refused it; `none` where it took it everywhere. */
export interface RightsCase {
  readonly asks: string;
  readonly refusedBy: Exclude<Level, 'privileged'> | 'none';
  readonly podSpec: Readonly<Record<string, unknown>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

const image = 'ghcr.io/example/app:1.0.0';

/** All that the standard `restricted` demands. */
const strict = {
  allow_privilege_escalation: false,
  run_as_non_root: true,
  capabilities: { drop: ['ALL'] },
  seccomp_profile: { type: 'RuntimeDefault' },
};

const containers = (security: object, more: object = {}) => ({
  container: [{ name: 'app', image, security_context: { ...strict, ...security }, ...more }],
});
const pods = (more: object, security: object = {}) => ({ ...containers(security), ...more });
const volumes = (kind: object) => pods({ volume: [{ name: 'data', ...kind }] });
const adds = (...add: string[]) => containers({ capabilities: { drop: ['ALL'], add } });
const sysctl = (name: string) => pods({ security_context: { sysctl: [{ name, value: '1' }] } });
const withoutSeccomp = { ...strict, seccomp_profile: undefined };
const withoutUser = { ...strict, run_as_non_root: undefined };
const bare = (security: object) => ({ container: [{ name: 'app', image, security_context: security }] });
const asks = (host: string) => ({ http_get: { path: '/', port: '80', host } });
const apparmor = 'container.apparmor.security.beta.kubernetes.io/app';

const told: readonly (readonly [
  string,
  RightsCase['refusedBy'],
  RightsCase['podSpec'],
  RightsCase['annotations']?,
])[] = [
  ['nothing', 'none', containers({})],
  [
    'nothing, said of the pod',
    'none',
    pods({ security_context: { run_as_non_root: true, run_as_user: '1000' } }),
  ],
  ['a port below 1024', 'none', sysctl('net.ipv4.ip_unprivileged_port_start')],
  ['quick keepalives', 'none', sysctl('net.ipv4.tcp_keepalive_time')],
  ['to bind low ports', 'none', adds('NET_BIND_SERVICE')],
  ['another user', 'none', containers({ run_as_user: '65534', run_as_group: '0' })],
  ['group 0 for its volumes', 'none', pods({ security_context: { fs_group: '0' } })],
  ['a folder that ends with it', 'none', volumes({ empty_dir: {} })],
  ['a ConfigMap', 'none', volumes({ config_map: { name: 'a' } })],
  ['a Secret', 'none', volumes({ secret: { secret_name: 'a' } })],
  ['a claim', 'none', volumes({ persistent_volume_claim: { claim_name: 'a' } })],
  ['to write its root', 'none', containers({ read_only_root_filesystem: false })],
  [
    'a profile of the node',
    'none',
    containers({ seccomp_profile: { type: 'Localhost', localhost_profile: 'a.json' } }),
  ],
  [
    'a profile of the pod',
    'none',
    pods({ security_context: { seccomp_profile: { type: 'RuntimeDefault' } }, ...bare(withoutSeccomp) }),
  ],
  ['a user of the pod', 'none', pods({ security_context: { run_as_non_root: true }, ...bare(withoutUser) })],
  ['to be privileged, but not quite', 'none', containers({ privileged: false })],
  ['SELinux’ usual type', 'none', containers({ se_linux_options: { type: 'container_t' } })],
  ['SELinux’ level', 'none', containers({ se_linux_options: { level: 's0:c1,c2' } })],
  ['AppArmor’s usual profile', 'none', containers({}), { [apparmor]: 'runtime/default' }],
  ['a probe of itself', 'none', containers({}, { liveness_probe: { http_get: { path: '/', port: '80' } } })],
  ['host port 0', 'none', containers({}, { port: [{ container_port: 80, host_port: 0 }] })],

  ['to be privileged', 'baseline', containers({ privileged: true, allow_privilege_escalation: true })],
  ['the host’s network', 'baseline', pods({ host_network: true })],
  ['the host’s processes', 'baseline', pods({ host_pid: true })],
  ['the host’s memory', 'baseline', pods({ host_ipc: true })],
  ['a folder of the host', 'baseline', volumes({ host_path: { path: '/var/log' } })],
  ['a port of the host', 'baseline', containers({}, { port: [{ container_port: 80, host_port: 80 }] })],
  ['raw packets', 'baseline', adds('NET_RAW')],
  ['to rule the network', 'baseline', adds('NET_ADMIN')],
  ['to rule the system', 'baseline', adds('SYS_ADMIN')],
  ['all capabilities', 'baseline', adds('ALL')],
  ['an unsafe sysctl', 'baseline', sysctl('kernel.msgmax')],
  ['to forward packets', 'baseline', sysctl('net.ipv4.ip_forward')],
  ['many connections', 'baseline', sysctl('net.core.somaxconn')],
  ['all system calls', 'baseline', containers({ seccomp_profile: { type: 'Unconfined' } })],
  [
    'all system calls for its pod',
    'baseline',
    pods({ security_context: { seccomp_profile: { type: 'Unconfined' } } }),
  ],
  ['SELinux’ freest type', 'baseline', containers({ se_linux_options: { type: 'spc_t' } })],
  ['another user of SELinux', 'baseline', containers({ se_linux_options: { user: 'system_u' } })],
  [
    'another role of SELinux',
    'baseline',
    pods({ security_context: { se_linux_options: { role: 'system_r' } } }),
  ],
  ['no AppArmor', 'baseline', containers({}), { [apparmor]: 'unconfined' }],
  ['a probe of another host', 'baseline', containers({}, { readiness_probe: asks('10.0.0.1') })],
  ['a probe of the loopback', 'baseline', containers({}, { liveness_probe: asks('127.0.0.1') })],
  [
    'a hook that asks another host',
    'baseline',
    containers({}, { lifecycle: { pre_stop: asks('10.0.0.1') } }),
  ],
  [
    'to be privileged before it starts',
    'baseline',
    { ...containers({}), init_container: [{ name: 'first', image, security_context: { privileged: true } }] },
  ],

  ['whatever its image does', 'restricted', { container: [{ name: 'app', image }] }],
  ['to get more rights', 'restricted', containers({ allow_privilege_escalation: true })],
  ['what is left open', 'restricted', containers({ allow_privilege_escalation: undefined })],
  ['the user of its image', 'restricted', bare(withoutUser)],
  ['to be root', 'restricted', containers({ run_as_user: '0' })],
  ['to be root, as all of its pod', 'restricted', pods({ security_context: { run_as_user: '0' } })],
  ['not to be kept from root', 'restricted', containers({ run_as_non_root: false })],
  ['all usual capabilities', 'restricted', containers({ capabilities: {} })],
  ['all usual capabilities but one', 'restricted', containers({ capabilities: { drop: ['NET_RAW'] } })],
  ['to change owners', 'restricted', adds('CHOWN')],
  ['to become another user', 'restricted', adds('SETUID', 'NET_BIND_SERVICE')],
  ['no profile', 'restricted', bare(withoutSeccomp)],
  ['a volume of its own on NFS', 'restricted', volumes({ nfs: { server: 'nas', path: '/a' } })],
  ['a disk', 'restricted', volumes({ iscsi: { target_portal: 'a', iqn: 'iqn.2026-11.a:b', lun: 0 } })],
  [
    'whatever its image does before it starts',
    'restricted',
    { ...containers({}), init_container: [{ name: 'first', image }] },
  ],
  [
    'the user of a sidecar’s image',
    'restricted',
    {
      ...containers({}),
      init_container: [{ name: 'side', image, restart_policy: 'Always', security_context: withoutUser }],
    },
  ],
];

/**
 * What pods ask for, and what the standards say to it. The verdicts are those of a kube-apiserver 1.35.4, but for what is
 * privileged: that one took no such pods anywhere.
 */
export const rightsCases: readonly RightsCase[] = told.map(([asks, refusedBy, podSpec, annotations]) => ({
  asks,
  refusedBy,
  podSpec,
  ...(annotations && { annotations }),
}));
