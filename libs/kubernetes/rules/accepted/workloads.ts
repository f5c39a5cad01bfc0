import { isExpression } from '@home/terraform';
import { dnsLabel, labelKey } from '../names';
import { type Place, quoted } from './place';
import { checkSelector } from './selectors';

/** How many pods there are to be, another rule checks. */
const counts = ['min_ready_seconds', 'revision_history_limit'];

/** Deployments, StatefulSets, DaemonSets, and what else selects its pods. */
export function checkWorkload(spec: Place, kind: string): void {
  spec.range(0, Infinity, ...counts);
  for (const selector of spec.blocks('selector')) {
    if (!selector.has('match_labels') && !selector.has('match_expressions'))
      selector.refuse(
        [],
        'must select the pods of the template',
        'Add match_labels, with labels of the template',
      );
    else if (
      selector.members('match_labels').length === 0 &&
      !selector.isOpen('match_labels') &&
      !selector.has('match_expressions')
    )
      selector.refuse('match_labels', 'must select the pods of the template', 'Add labels of the template');
    checkSelector(selector);
  }
  for (const pod of spec.blocks('template', 'spec')) {
    const policy = pod.text('restart_policy') ?? '';
    if (['Never', 'OnFailure'].includes(policy))
      pod.refuse(
        'restart_policy',
        `must be "Always", but is ${quoted(policy)}: these pods run for ever`,
        'Leave it out',
      );
    if (pod.has('active_deadline_seconds'))
      pod.refuse(
        'active_deadline_seconds',
        'must not be there, since these pods run for ever',
        'Take it out',
      );
  }
  if (kind === 'deployment') checkDeployment(spec);
  if (kind === 'statefulset') checkStatefulSet(spec);
  if (kind === 'daemonset') for (const strategy of spec.blocks('strategy')) checkDaemonSet(strategy);
}

/** What a rolling update is told: a number of pods, or a share of them. */
function amountOfPods(place: Place, name: string, isShareLimited = true): number | undefined {
  const value = place.body[name];
  if (value === undefined || isExpression(value) || value === '') return undefined;
  const [, digits, percent] = /^(-?\d+)(%?)$/.exec(String(value)) ?? [];
  if (digits === undefined || digits.startsWith('-')) {
    place.refuse(
      name,
      `must be a number of pods or a share such as "25%", but is ${quoted(value)}`,
      'Correct it',
    );
    return undefined;
  }
  if (percent === '%' && Number(digits) > 100 && isShareLimited)
    place.refuse(name, `must not be above 100%, but is ${quoted(value)}`, 'Correct it');
  return Number(digits);
}

const immobile = 'must let the update begin: neither another pod may start nor an old one end';

/** What a Deployment has to move within, where nothing is written. */
const usualDeadline = 600;

function checkDeployment(spec: Place): void {
  const ready = spec.number('min_ready_seconds') ?? 0;
  const deadline = spec.isOpen('progress_deadline_seconds')
    ? Infinity
    : (spec.number('progress_deadline_seconds') ?? usualDeadline);
  if (deadline <= ready)
    spec.refuse(
      'progress_deadline_seconds',
      `must be more than min_ready_seconds, which is ${ready}, but is ${deadline}`,
      'Raise it',
    );
  for (const strategy of spec.blocks('strategy')) {
    checkUnrolled(strategy, 'Recreate');
    for (const rolling of strategy.blocks('rolling_update')) {
      const [surge, missing] = [
        amountOfPods(rolling, 'max_surge', false),
        amountOfPods(rolling, 'max_unavailable'),
      ];
      if (surge === 0 && missing === 0) rolling.refuse([], immobile, 'Make one of the two 1');
    }
  }
}

/** An update of another type does not roll. */
function checkUnrolled(strategy: Place, type: string): void {
  if (strategy.text('type') === type && strategy.has('rolling_update'))
    strategy.refuse('rolling_update', `must not stand beside the type "${type}"`, 'Take one of the two out');
}

function checkDaemonSet(strategy: Place): void {
  for (const rolling of strategy.blocks('rolling_update')) {
    const isOpen = rolling.isOpen('max_surge') || rolling.isOpen('max_unavailable');
    const surge = amountOfPods(rolling, 'max_surge') ?? 0;
    const missing = amountOfPods(rolling, 'max_unavailable') ?? 1;
    if (isOpen || rolling.body['max_unavailable'] === '') continue;
    if (surge === 0 && missing === 0) rolling.refuse([], immobile, 'Make one of the two 1');
    if (surge > 0 && missing > 0)
      rolling.refuse(
        'max_surge',
        'must be 0 where max_unavailable is not',
        "Write max_unavailable: '0', or leave it out",
      );
  }
}

function checkStatefulSet(spec: Place): void {
  spec.named(dnsLabel, 'service_name');
  for (const metadata of spec.blocks('volume_claim_template', 'metadata')) metadata.named(dnsLabel, 'name');
  for (const strategy of spec.blocks('update_strategy')) {
    checkUnrolled(strategy, 'OnDelete');
    for (const rolling of strategy.blocks('rolling_update')) rolling.range(0, Infinity, 'partition');
  }
  for (const policy of spec.blocks('persistent_volume_claim_retention_policy')) {
    policy.choose('when_deleted', ['Retain', 'Delete']);
    policy.choose('when_scaled', ['Retain', 'Delete']);
  }
}

/** CronJobs, around their jobs. */
export function checkCronJob(spec: Place): void {
  const histories = ['successful_jobs_history_limit', 'failed_jobs_history_limit'];
  spec.range(0, Infinity, 'starting_deadline_seconds', ...histories);
}

const ofJobs = ['completions', 'backoff_limit', 'ttl_seconds_after_finished', 'active_deadline_seconds'];

/** Jobs, and those of CronJobs, which no one selects. */
export function checkJob(spec: Place, kind: string): void {
  spec.range(0, Infinity, ...ofJobs);
  const selectsByHand =
    kind === 'job' && (spec.is('manual_selector', true) || spec.isOpen('manual_selector'));
  if (spec.has('selector') && !selectsByHand)
    spec.refuse('selector', 'must not be there, since Kubernetes makes it', 'Take it out');
  checkIndexes(spec);
  const containers = ['init_container', 'container'].flatMap((name) => spec.blocks('template', 'spec', name));
  for (const pod of spec.blocks('template', 'spec')) {
    const policy = pod.body['restart_policy'] ?? 'Always';
    if (policy === 'Always')
      pod.refuse(
        'restart_policy',
        'must be "Never" or "OnFailure": a job comes to an end',
        "Write restart_policy: 'Never'",
      );
    else if (spec.has('pod_failure_policy') && policy !== 'Never' && !isExpression(policy))
      pod.refuse(
        'restart_policy',
        'must be "Never" beside a pod_failure_policy',
        "Write restart_policy: 'Never'",
      );
  }
  for (const rule of spec.blocks('pod_failure_policy', 'rule')) {
    checkFailureRule(rule, containers);
    if (rule.text('action') === 'FailIndex' && !spec.has('backoff_limit_per_index'))
      rule.refuse('action', 'must not be "FailIndex" without backoff_limit_per_index', 'Add it');
  }
}

function checkIndexes(spec: Place): void {
  spec.range(0, Infinity, 'backoff_limit_per_index', 'max_failed_indexes');
  const isIndexed = spec.text('completion_mode') === 'Indexed' || spec.isOpen('completion_mode');
  if (spec.text('completion_mode') === 'Indexed' && !spec.has('completions'))
    spec.refuse('completions', 'must be given with the mode "Indexed"', 'Add it');
  if (spec.has('backoff_limit_per_index') && !isIndexed)
    spec.refuse('backoff_limit_per_index', 'must stand beside completion_mode "Indexed"', 'Take it out');
  if (spec.has('max_failed_indexes') && !spec.has('backoff_limit_per_index'))
    spec.refuse('max_failed_indexes', 'must stand beside backoff_limit_per_index', 'Take it out');
  const [failed, all] = [spec.number('max_failed_indexes'), spec.number('completions')];
  if (failed !== undefined && all !== undefined && failed > all)
    spec.refuse(
      'max_failed_indexes',
      `must be at most completions, which is ${all}, but is ${failed}`,
      'Lower it',
    );
}

function checkFailureRule(rule: Place, containers: readonly Place[]): void {
  rule.chooseOne('condition', ['on_exit_codes', 'on_pod_condition']);
  for (const condition of rule.blocks('on_pod_condition')) condition.named(labelKey, 'type');
  for (const codes of rule.blocks('on_exit_codes')) checkCodes(codes, containers);
}

function checkCodes(codes: Place, containers: readonly Place[]): void {
  const name = codes.text('container_name');
  const mayBe = containers.some((one) => one.text('name') === name || one.isOpen('name'));
  if (name !== undefined && containers.length > 0 && !mayBe)
    codes.refuse('container_name', `must be a container of the pod, but is ${quoted(name)}`, 'Correct it');
  if (codes.isOpen('values')) return;
  const values = codes.items('values').filter((value) => typeof value === 'number');
  if (values.length === 0) codes.refuse('values', 'must have one code or more', 'Add one');
  if (values.some((value, index) => index > 0 && value <= (values[index - 1] ?? 0)))
    codes.refuse('values', 'must be in order, each once', 'Sort them');
  if (values.includes(0) && codes.text('operator') === 'In')
    codes.refuse('values', 'must not have 0, which is no failure', 'Take it out');
}
