import { bytes } from '@home/home';
import { isExpression } from '@home/terraform';
import { dataKey, dnsSubdomain, labelKey, variableName } from '../names';
import { checkField, resourceFault } from './downward';
import { type Place, amountFault, quoted, relativePath, requireUnique } from './place';
import { checkProbes } from './probes';

/** What holds for every container. */
export function checkContainer(container: Place): void {
  container.choose('restart_policy', ['Always', 'Never', 'OnFailure']);
  requireUnique(container.blocks('port'), 'name', 'container');
  for (const variable of container.blocks('env')) checkVariable(variable);
  for (const source of container.blocks('env_from')) checkSource(source);
  for (const resources of container.blocks('resources')) checkResources(resources);
  for (const security of container.blocks('security_context')) checkSecurity(security);
  checkProbes(container);
}

/** What holds for a container that ends before the others start: nobody asks it how it is. */
export function checkInitContainer(container: Place): void {
  const { restart_policy: policy } = container.body;
  if (policy === 'Always' || isExpression(policy)) return;
  for (const name of ['liveness_probe', 'readiness_probe', 'startup_probe', 'lifecycle']) {
    if (container.has(name))
      container.refuse(
        name,
        'must not be there, since an init container ends before the others start',
        "Take it out, or write restart_policy: 'Always'",
      );
  }
}

const sources = ['config_map_key_ref', 'field_ref', 'resource_field_ref', 'secret_key_ref'];

function checkVariable(variable: Place): void {
  if (variable.has('value') && variable.has('value_from'))
    variable.refuse('value_from', 'must not stand beside a value', 'Take one of the two out');
  for (const from of variable.blocks('value_from')) {
    from.chooseOne('source', sources);
    for (const ref of from.blocks('config_map_key_ref')) checkKeyRef(ref);
    for (const ref of from.blocks('secret_key_ref')) checkKeyRef(ref);
    for (const ref of from.blocks('field_ref')) checkField(ref, 'variable');
    for (const ref of from.blocks('resource_field_ref')) {
      ref.named(resourceFault, 'resource');
      checkDivisor(ref);
    }
  }
}

function checkKeyRef(ref: Place): void {
  ref.fill('key');
  ref.need('name');
  ref.named(dataKey, 'key');
  ref.named(dnsSubdomain(), 'name');
}

/** Where the resources of a container are told by the unit in which it is told. */
export function checkDivisor(ref: Place): void {
  const [resource, divisor] = [ref.text('resource'), ref.text('divisor')];
  if (resource === undefined || divisor === undefined) return;
  const units = resource.endsWith('.cpu') ? /^(1|1m|0)$/ : /^(1([kMGTPE]|[KMGTPE]i)?|0)$/;
  if (!units.test(divisor))
    ref.refuse(
      'divisor',
      `must be one unit, such as "${resource.endsWith('.cpu') ? '1m' : '1Mi'}", but is ${quoted(divisor)}`,
      'Correct it',
    );
}

function checkSource(source: Place): void {
  source.chooseOne('source', ['config_map_ref', 'secret_ref']);
  source.named(variableName, 'prefix');
  for (const name of ['config_map_ref', 'secret_ref']) {
    for (const ref of source.blocks(name)) {
      ref.fill('name');
      ref.named(dnsSubdomain(), 'name');
    }
  }
}

/** What one container can be given part of. */
const divisible: ReadonlySet<string> = new Set(['cpu', 'memory', 'ephemeral-storage']);

function checkResources(resources: Place): void {
  const requests = new Map(resources.members('requests'));
  const limits = new Map(resources.members('limits'));
  for (const [list, amounts] of [['requests', requests] as const, ['limits', limits] as const]) {
    for (const [name, amount] of amounts) {
      const fault = resourceNameFault(name) ?? fractionFault(name, amount) ?? amountOf(name, amount);
      if (fault !== undefined)
        resources.refuse([list, name], `${fault}, but is ${quoted(amount)}`, 'Correct it');
    }
  }
  for (const [name, request] of requests) checkRequest(resources, name, request, limits);
}

/** What is no amount of memory at all, another rule says. */
function amountOf(name: string, amount: unknown): string | undefined {
  if (name === 'memory' && typeof amount === 'string' && Number.isNaN(bytes(amount))) return undefined;
  return amountFault(amount);
}

const isHugePages = (name: string): boolean => name.startsWith('hugepages-');

/** A device is a thing of its own: its name has the domain of who made it. */
const isDevice = (name: string): boolean => name.includes('/') && !/^([^/]*\.)?kubernetes\.io\//.test(name);

function resourceNameFault(name: string): string | undefined {
  if (divisible.has(name) || isHugePages(name)) return undefined;
  const fault = labelKey(name);
  if (fault !== undefined) return `is a resource of a name that ${fault}`;
  if (name.startsWith('requests.')) return 'must be a resource whose name does not begin with "requests."';
  return name.includes('/')
    ? undefined
    : 'must be a resource of containers: cpu, memory, ephemeral-storage or one with a domain';
}

/** Devices are counted, and huge pages taken whole. */
function fractionFault(name: string, amount: unknown): string | undefined {
  if (typeof amount !== 'string' || Number.isNaN(bytes(amount))) return undefined;
  if (isDevice(name) && !Number.isInteger(bytes(amount))) return 'must be a whole number';
  if (!isHugePages(name)) return undefined;
  const pages = bytes(amount) / bytes(name.slice('hugepages-'.length));
  return Number.isInteger(pages) ? undefined : `must be a whole number of pages of ${name}`;
}

function checkRequest(
  resources: Place,
  name: string,
  request: unknown,
  limits: ReadonlyMap<string, unknown>,
): void {
  const limit = limits.get(name);
  const whole = isDevice(name) || isHugePages(name);
  if (whole && limit === undefined && !resources.isOpen('limits')) {
    resources.refuse(['limits', name], 'must be given, and equal the request', 'Add it');
    return;
  }
  if (typeof request !== 'string' || typeof limit !== 'string') return;
  const [asked, most] = [bytes(request), bytes(limit)];
  if (whole && asked !== most)
    resources.refuse(
      ['requests', name],
      `must equal its limit ${quoted(limit)}, but is ${quoted(request)}`,
      'Correct one of them',
    );
  // Of memory another rule says so.
  else if (name !== 'memory' && asked > most)
    resources.refuse(
      ['requests', name],
      `must not be above its limit ${quoted(limit)}, but is ${quoted(request)}`,
      'Raise the limit, or leave it out',
    );
}

/** What a user or a group can be. */
export const identities = [0, 2 ** 31 - 1] as const;

function checkSecurity(security: Place): void {
  security.range(...identities, 'run_as_user', 'run_as_group');
  checkSeccomp(security);
  if (!security.is('allow_privilege_escalation', false)) return;
  if (security.is('privileged', true))
    security.refuse(
      'allow_privilege_escalation',
      'must not be false in a privileged container',
      'Take one of the two out',
    );
  for (const capabilities of security.blocks('capabilities')) {
    if (capabilities.items('add').includes('CAP_SYS_ADMIN'))
      security.refuse(
        'allow_privilege_escalation',
        'must not be false with CAP_SYS_ADMIN added',
        'Take one of the two out',
      );
  }
}

/** A profile in a file of the node is named, and no other one is. */
export function checkSeccomp(security: Place): void {
  for (const profile of security.blocks('seccomp_profile')) {
    const type = profile.body['type'] ?? 'Unconfined';
    if (isExpression(type)) continue;
    profile.named(relativePath, 'localhost_profile');
    if (type === 'Localhost') profile.need('localhost_profile');
    else if (profile.has('localhost_profile'))
      profile.refuse(
        'localhost_profile',
        `must not be there with the type ${quoted(type)}`,
        "Take it out, or write type: 'Localhost'",
      );
  }
}
