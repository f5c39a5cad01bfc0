import { isExpression } from '@home/terraform';
import { dnsSubdomain, objectName } from '../names';
import { type Place, quoted } from './place';
import { checkWholeSelector } from './selectors';

const group = 'rbac.authorization.k8s.io';

/** Rules of Roles and ClusterRoles. */
export function checkRules(object: Place): void {
  for (const rule of object.blocks('rule')) {
    const empty = (name: string): boolean => !rule.has(name) && !rule.isOpen(name);
    if (Array.isArray(rule.body['verbs']) && empty('verbs'))
      rule.refuse('verbs', 'must have one verb or more', "Write ['get']");
    if (rule.has('non_resource_urls')) {
      const beside = ['api_groups', 'resources', 'resource_names'].filter((name) => rule.has(name));
      if (beside.length > 0)
        rule.refuse(
          'non_resource_urls',
          `must not stand beside ${beside.join(' and ')}`,
          'Write a rule for each',
        );
      continue;
    }
    for (const name of ['api_groups', 'resources']) {
      if (empty(name))
        rule.refuse(
          name,
          'must have one item or more',
          name === 'resources' ? "Write ['pods']" : "Write [''] for the core group",
        );
    }
  }
}

/** What a ClusterRole gathers the rules of. */
export function checkAggregation(rule: Place): void {
  const { cluster_role_selectors: given } = rule.body;
  if (given === undefined || (Array.isArray(given) && given.length === 0))
    rule.refuse('cluster_role_selectors', 'must have one selector or more', 'Add one');
  for (const selector of rule.blocks('cluster_role_selectors')) checkWholeSelector(selector);
}

/** What each kind of subject belongs to. */
const groupsOfKinds: Readonly<Record<string, string>> = { ServiceAccount: '', User: group, Group: group };

/** RoleBindings and ClusterRoleBindings. */
export function checkBinding(object: Place, kind: string): void {
  for (const ref of object.blocks('role_ref')) {
    ref.fill('name');
    ref.named(objectName('role'), 'name');
    ref.choose('api_group', [group]);
    ref.choose('kind', kind === 'clusterrolebinding' ? ['ClusterRole'] : ['Role', 'ClusterRole']);
  }
  for (const subject of object.blocks('subject')) {
    subject.fill('name');
    subject.choose('kind', Object.keys(groupsOfKinds));
    if (subject.text('kind') === 'ServiceAccount') subject.named(dnsSubdomain(), 'name');
    const [of, given] = [subject.text('kind'), subject.body['api_group']];
    const wanted = groupsOfKinds[of ?? ''];
    if (
      isExpression(given) ||
      given === undefined ||
      given === '' ||
      wanted === undefined ||
      given === wanted
    )
      continue;
    subject.refuse(
      'api_group',
      `must be ${quoted(wanted)} for the kind ${quoted(of)}, but is ${quoted(given)}`,
      'Leave it out',
    );
  }
}

/** IngressClasses. */
export function checkIngressClass(spec: Place): void {
  spec.fill('controller');
  spec.named(controllerFault, 'controller');
  for (const parameters of spec.blocks('parameters')) checkParameters(parameters);
}

function checkParameters(parameters: Place): void {
  parameters.fill('kind', 'name');
  parameters.choose('scope', ['Cluster', 'Namespace']);
  if (parameters.isOpen('scope')) return;
  if (parameters.text('scope') === 'Namespace') parameters.need('namespace');
  else if (parameters.has('namespace'))
    parameters.refuse('namespace', 'must stand beside the scope "Namespace"', 'Take it out');
}

function controllerFault(text: string): string | undefined {
  const [domain = '', ...rest] = text.split('/');
  if (rest.join('') === '' || text.length > 250)
    return 'must be a domain and a path, such as "example.com/ingress"';
  const fault = dnsSubdomain()(domain);
  return fault === undefined ? undefined : `must begin with a domain, which ${fault}`;
}

const highest = 1_000_000_000;

/** PriorityClasses. */
export function checkPriorityClass(object: Place): void {
  if ((object.number('value') ?? 0) > highest)
    object.refuse('value', `must be at most ${highest}, but is ${object.number('value')}`, 'Lower it');
  for (const metadata of object.blocks('metadata')) {
    if (metadata.text('name')?.startsWith('system-') ?? false)
      metadata.refuse(
        'name',
        `must not begin with "system-", but is ${quoted(metadata.text('name'))}`,
        'Choose another one',
      );
  }
}
