import { type Block, type OwnedBlock, type Rule, formatProblem, resourceBlock } from '@home/terraform';

/** A small home for the tests of rules: workload → its blocks, all in the stack `workloads`. */
export function exampleHome(
  workloads: Readonly<Record<string, readonly Block[]>>,
  stack = 'workloads',
): OwnedBlock[] {
  return Object.entries(workloads).flatMap(([workload, blocks]) =>
    blocks.map((block) => ({ owner: { stack, workload, where: `apps/${stack}/${workload}` }, block })),
  );
}

/** What a rule says of blocks that all belong to the workload `app`, or of a whole home. */
export function complaints(rule: Rule, ...given: readonly (Block | OwnedBlock)[]): string[] {
  const home = given.flatMap((one) => ('owner' in one ? [one] : exampleHome({ app: [one] })));
  return rule(home).map(formatProblem);
}

/** A container that breaks no rule. */
export const container = (given: object = {}): object => ({
  name: 'app',
  image: 'ghcr.io/example/app:1.0.0',
  resources: { requests: { memory: '64Mi' } },
  ...given,
});

/** What makes pods: a Deployment, if no other type is given. */
export function makesPods(
  name: string,
  { type = 'deployment', spec = {}, podSpec = {}, metadata = {} }: MadePods,
): Block {
  const labels = { app: name };
  const template = { metadata: { labels, ...metadata }, spec: { container: [container()], ...podSpec } };
  return resourceBlock(`kubernetes_${type}_v1`, name, {
    metadata: { name, namespace: 'apps' },
    spec:
      type === 'cron_job'
        ? { schedule: '0 2 * * 6', job_template: { spec: { template } }, ...spec }
        : { selector: { match_labels: labels }, template, ...spec },
  });
}

interface MadePods {
  readonly type?: 'deployment' | 'stateful_set' | 'daemon_set' | 'cron_job' | 'job';
  readonly spec?: object;
  readonly podSpec?: object;
  /** Of the pods. */
  readonly metadata?: object;
}

/** An object that makes no pods. */
export const object = (type: string, name: string, given: object = {}): Block =>
  resourceBlock(`kubernetes_${type}_v1`, name, { metadata: { name, namespace: 'apps' }, ...given });
