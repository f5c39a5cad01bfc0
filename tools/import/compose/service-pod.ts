import { isPlainObject } from '@home/terraform';
import { type Fields, itemsOf } from '../kubernetes/fields';
import type { Path } from '../source/read-yaml';
import type { ComposeService } from './compose-service';

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
