import { isExpression } from '@home/terraform';
import { dnsLabel, dnsSubdomain, labelKey, labelValue } from '../names';
import { addressFault } from './addresses';
import { checkContainer, checkInitContainer, checkSeccomp, identities } from './containers';
import { type Place, quoted } from './place';
import { checkLabels, checkNodeTerm, checkWholeSelector } from './selectors';
import { checkDevices, checkMounts, checkVolumes } from './volumes';

/** What holds for every pod. */
export function checkPod(pod: Place): void {
  for (const container of [...pod.blocks('init_container'), ...pod.blocks('container')]) {
    checkContainer(container);
    checkMounts(container);
    checkDevices(container, pod);
  }
  for (const container of pod.blocks('init_container')) checkInitContainer(container);
  checkVolumes(pod);
  checkNames(pod);
  pod.range(0, Infinity, 'termination_grace_period_seconds');
  pod.range(1, 2 ** 31 - 1, 'active_deadline_seconds');
  checkDns(pod);
  checkHost(pod);
  for (const toleration of pod.blocks('toleration')) checkToleration(toleration);
  for (const security of pod.blocks('security_context')) checkSecurity(security, pod);
  checkSpread(pod);
  checkAffinity(pod);
}

function checkNames(pod: Place): void {
  pod.named(dnsLabel, 'hostname', 'subdomain');
  pod.named(dnsSubdomain(), 'service_account_name', 'runtime_class_name', 'priority_class_name');
  checkLabels(pod, 'node_selector');
  for (const alias of pod.blocks('host_aliases')) {
    alias.fill('ip');
    alias.named(addressFault, 'ip');
    alias.eachNamed('hostnames', dnsSubdomain());
  }
  for (const gate of pod.blocks('readiness_gate')) gate.named(labelKey, 'condition_type');
  for (const secret of pod.blocks('image_pull_secrets')) secret.fill('name');
  for (const os of pod.blocks('os')) os.choose('name', ['linux', 'windows']);
}

const mostNameservers = 3;
const mostSearches = 32;
const mostSearchLength = 2048;

function checkDns(pod: Place): void {
  const [config] = pod.blocks('dns_config');
  if (
    pod.text('dns_policy') === 'None' &&
    !pod.isOpen('dns_config') &&
    !(config?.has('nameservers') ?? false)
  )
    pod.refuse('dns_policy', 'must have nameservers beside "None"', "Add dns_config: { nameservers: ['…'] }");
  if (config === undefined) return;
  config.eachNamed('nameservers', addressFault);
  config.eachNamed('searches', searchFault);
  for (const option of config.blocks('option')) option.need('name');
  const searches = config.items('searches').filter((search) => typeof search === 'string');
  if (searches.join(' ').length > mostSearchLength)
    config.refuse('searches', `must have at most ${mostSearchLength} characters together`, 'Shorten them');
  for (const [name, most] of [
    ['nameservers', mostNameservers] as const,
    ['searches', mostSearches] as const,
  ]) {
    const count = config.items(name).length;
    if (count > most)
      config.refuse(name, `must have at most ${most} items, but has ${count}`, 'Take some out');
  }
}

/** Underscores are as usual here as in names that DNS itself knows. */
const searchFault = (text: string): string | undefined =>
  text === '.'
    ? undefined
    : dnsSubdomain()(
        text
          .replace(/\.$/, '')
          .replaceAll('_', '-')
          .replace(/(^|\.)-/g, '$1a'),
      );

function checkHost(pod: Place): void {
  if (pod.is('share_process_namespace', true) && pod.is('host_pid', true))
    pod.refuse('share_process_namespace', 'must not be true beside host_pid', 'Take one of the two out');
  if (!pod.is('host_network', true)) return;
  for (const port of [...pod.blocks('init_container', 'port'), ...pod.blocks('container', 'port')]) {
    const [inside, outside] = [port.number('container_port'), port.number('host_port') ?? 0];
    if (outside !== 0 && inside !== undefined && inside !== outside)
      port.refuse(
        'host_port',
        `must be ${inside}, the container port, on the host's network, but is ${outside}`,
        'Leave it out',
      );
  }
}

function checkToleration(toleration: Place): void {
  const operator = toleration.text('operator') ?? 'Equal';
  toleration.named(labelKey, 'key');
  toleration.named(labelValue, 'value');
  if (operator === 'Gt' || operator === 'Lt') toleration.choose('operator', ['Equal', 'Exists']);
  if (toleration.isOpen('operator') || toleration.isOpen('key')) return;
  if (!toleration.has('key') && operator !== 'Exists')
    toleration.refuse(
      'operator',
      'must be "Exists" where there is no key',
      "Write operator: 'Exists', or a key",
    );
  if (operator === 'Exists' && toleration.has('value'))
    toleration.refuse('value', 'must not be there with the operator "Exists"', 'Take one of the two out');
  const effect = toleration.body['effect'] ?? '';
  if (toleration.has('toleration_seconds') && effect !== 'NoExecute' && !isExpression(effect))
    toleration.refuse(
      'toleration_seconds',
      'must stand beside the effect "NoExecute"',
      'Take it out, or correct the effect',
    );
}

function checkSecurity(security: Place, pod: Place): void {
  security.range(...identities, 'run_as_user', 'run_as_group', 'fs_group');
  for (const [index, group] of security.items('supplemental_groups').entries()) {
    if (typeof group === 'number' && (group < identities[0] || group > identities[1]))
      security.refuse(
        ['supplemental_groups', index],
        `must be from 0 to ${identities[1]}, but is ${group}`,
        'Correct it',
      );
  }
  checkSeccomp(security);
  const names = new Set<string>();
  for (const sysctl of security.blocks('sysctl')) {
    sysctl.fill('name');
    sysctl.named(sysctlFault, 'name');
    const name = sysctl.text('name');
    if (name === undefined) continue;
    if (names.size === names.add(name).size)
      sysctl.refuse('name', `must be unique, but ${quoted(name)} is there twice`, 'Take one of the two out');
    if (ofIpc.test(name) && pod.is('host_ipc', true))
      sysctl.refuse('name', `must not be ${quoted(name)} with host_ipc`, 'Set it in the machine');
    if (/^net[./]/.test(name) && pod.is('host_network', true))
      sysctl.refuse('name', `must not be ${quoted(name)} on the host's network`, 'Set it in the machine');
  }
}

/** Settings of what processes share with each other. */
const ofIpc = /^(kernel[./](shm|msg|sem)|fs[./]mqueue)/;

const sysctlFault = (name: string): string | undefined =>
  /^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/.test(name) && name.length <= 253
    ? undefined
    : 'must be the name of a setting of the kernel, such as "net.core.somaxconn"';

function checkSpread(pod: Place): void {
  for (const spread of pod.blocks('topology_spread_constraint')) {
    spread.range(1, 2 ** 31 - 1, 'max_skew', 'min_domains');
    spread.fill('topology_key');
    for (const selector of spread.blocks('label_selector')) checkWholeSelector(selector);
    spread.eachNamed('match_label_keys', labelKey);
    if (spread.has('match_label_keys') && !spread.has('label_selector'))
      spread.refuse('match_label_keys', 'must stand beside a label_selector', 'Add one');
    const unsatisfiable = spread.text('when_unsatisfiable') ?? 'DoNotSchedule';
    if (spread.has('min_domains') && unsatisfiable === 'ScheduleAnyway')
      spread.refuse('min_domains', 'must not be there with "ScheduleAnyway"', 'Take one of the two out');
  }
}

const preferred = 'preferred_during_scheduling_ignored_during_execution';
const required = 'required_during_scheduling_ignored_during_execution';

function checkAffinity(pod: Place): void {
  for (const affinity of pod.blocks('affinity')) {
    for (const nodes of affinity.blocks('node_affinity', required)) {
      for (const term of nodes.blocks('node_selector_term')) checkNodeTerm(term);
    }
    for (const preference of affinity.blocks('node_affinity', preferred)) {
      preference.range(1, 100, 'weight');
      for (const term of preference.blocks('preference')) checkNodeTerm(term);
    }
    for (const name of ['pod_affinity', 'pod_anti_affinity']) {
      for (const term of affinity.blocks(name, required)) checkPodTerm(term);
      for (const preference of affinity.blocks(name, preferred)) {
        preference.range(1, 100, 'weight');
        for (const term of preference.blocks('pod_affinity_term')) checkPodTerm(term);
      }
    }
  }
}

function checkPodTerm(term: Place): void {
  term.eachNamed('namespaces', dnsLabel);
  term.fill('topology_key');
  term.named(labelKey, 'topology_key');
  for (const name of ['label_selector', 'namespace_selector'])
    for (const selector of term.blocks(name)) checkWholeSelector(selector);
}
