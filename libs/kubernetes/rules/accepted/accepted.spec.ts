import { checkFile } from '@home/providers';
import {
  type Block,
  OwnedBlocks,
  type Step,
  dynamicBlock,
  formatPath,
  formatProblem,
  isPlainObject,
  raw,
  render,
  resourceBlock,
} from '@home/terraform';
import { complaints, container, exampleHome, makesPods, object } from '../example-home';
import { rulesFor } from '../index';
import { type JudgedSpec, blockOfSpec, readJudgedSpecs } from './judged-specs';
import { requireAcceptedObjects } from '.';

const table = readJudgedSpecs();

const facts = {
  domain: 'rpi',
  cluster: { allowSchedulingOnControlPlanes: true },
  network: { nodes: [{ name: 'rpi', role: 'controlplane', memoryForPods: '8Gi' }] },
} as unknown as Parameters<typeof rulesFor>[0];

/** What the home itself demands, or what needs the rest of a home around an object. */
const ofTheHome = [
  /must (be made by the home|be in the domain|lie in the domain|have a read-only root|say why|match a pod of its)/,
  /must (end before its successor|pin a version)/,
  /must not be written in the code|, since the namespace "apps" enforces /,
];

/** What is said of an object by itself, by schemas and rules. */
function complaintsOf(spec: JudgedSpec): string[] {
  const { type, body } = blockOfSpec(table, spec);
  const block: Block = resourceBlock(type, 'web', body);
  const home = exampleHome({ app: [block] });
  const { json } = render(
    [block],
    { stack: 'workloads', workload: 'app', where: 'app' },
    new OwnedBlocks(home),
  );
  const problems = [...checkFile(json, 'app'), ...rulesFor(facts).flatMap((rule) => rule(home))];
  return problems.map(formatProblem).filter((one) => !ofTheHome.some((own) => own.test(one)));
}

const named = (wanted: (spec: JudgedSpec) => boolean): [string, JudgedSpec][] =>
  table.specs.filter(wanted).map((spec) => [`${spec.base}: ${spec.name}`, spec]);

describe('what an API server refuses', () => {
  test.each(named(({ verdict }) => verdict === 'refused'))('is refused, and why: %s', (_, spec) => {
    const said = complaintsOf(spec);
    expect(said).not.toEqual([]);
    for (const one of said) expect(one).toMatch(/^[^:]+: .*\bmust [a-z"].*[.…] [A-Z].*[.?]$/s);
  });
});

describe('what an API server takes', () => {
  test.each(named(({ verdict, stricter }) => verdict === 'accepted' && stricter === undefined))(
    'passes: %s',
    (_, spec) => expect(complaintsOf(spec)).toEqual([]),
  );

  test.each(named(({ stricter }) => stricter !== undefined))('is refused all the same: %s', (_, spec) => {
    expect(complaintsOf(spec)).not.toEqual([]);
  });
});

it('tells one mistake in one line', () => {
  const many = table.specs.filter((spec) => complaintsOf(spec).length > 1).map(({ name }) => name);
  expect(many).toEqual([]);
  const hook = 'spec.template.spec.container[0].lifecycle';
  const change = { [hook]: { pre_stop: {} } };
  expect(complaintsOf({ base: 'deployment', name: 'a hook', verdict: 'refused', change })).toHaveLength(1);
});

/** All places in a tree of values. */
function placesIn(value: unknown, path: readonly Step[] = []): (readonly Step[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const steps = Object.keys(value).map((name): Step => (Array.isArray(value) ? Number(name) : name));
  return [...steps.flatMap((step) => placesIn(Reflect.get(value, step), [...path, step])), path];
}

function withUnknown(value: unknown, [step, ...rest]: readonly Step[]): unknown {
  if (step === undefined) return raw('var.unknown');
  const copy: object = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) };
  Reflect.set(copy, step, withUnknown(Reflect.get(copy, step), rest));
  return copy;
}

test.each(named(({ verdict }) => verdict === 'accepted'))(
  'passes whatever of it only Terraform knows: %s',
  (_, spec) => {
    const { type, body } = blockOfSpec(table, spec);
    const complained = placesIn(body).flatMap((path) => {
      const changed = withUnknown(body, path);
      if (!isPlainObject(changed) || path.length === 0) return [];
      const said = complaints(requireAcceptedObjects, resourceBlock(type, 'web', changed));
      return said.length === 0 ? [] : [`${formatPath(path)}: ${said.join(' ')}`];
    });
    expect(complained).toEqual([]);
  },
);

it('passes blocks that Terraform makes', () => {
  const made = dynamicBlock('each', raw<readonly string[]>('var.all'), () => ({ name: 'x' }));
  const pods = makesPods('web', {
    podSpec: { container: [container({ port: made, env: made })], volume: made },
  });
  expect(complaints(requireAcceptedObjects, pods)).toEqual([]);
});

it('passes two bounds of a disruption budget of which one may turn out null', () => {
  const spec = { min_available: raw('var.least'), max_unavailable: raw('var.most'), selector: {} };
  expect(complaints(requireAcceptedObjects, object('pod_disruption_budget', 'web', { spec }))).toEqual([]);
});

const app = 'apps/workloads/app: kubernetes_';

test.each<[string, Block, string]>([
  [
    'the place inside of a pod',
    makesPods('web', {
      podSpec: {
        container: [container({ liveness_probe: { success_threshold: 2, exec: { command: ['true'] } } })],
      },
    }),
    `${app}deployment_v1.web: spec.template.spec.container[0].liveness_probe.success_threshold: must be 1, but is 2. Leave it out.`,
  ],
  [
    'the place inside of the pods of a CronJob',
    makesPods('web', { type: 'cron_job', podSpec: { container: [container()], restart_policy: 'Always' } }),
    `${app}cron_job_v1.web: spec.job_template.spec.template.spec.restart_policy: must be "Never" or "OnFailure": a job comes to an end. Write restart_policy: 'Never'.`,
  ],
  [
    'a key that is no name',
    object('config_map', 'web', { data: { 'a.conf': 'x' }, binary_data: { 'a.conf': 'eA==' } }),
    `${app}config_map_v1.web: binary_data["a.conf"]: must not be in data as well. Take one of the two out.`,
  ],
  [
    'the whole object',
    object('config_map', 'web', { data: { a: 'x'.repeat(2 ** 20 + 1) } }),
    `${app}config_map_v1.web: must have at most 1048576 bytes of data, but has 1048577. Divide it, or mount a volume.`,
  ],
  [
    // Kubernetes would take its default, and the provider refuses it.
    'a probe that never asks',
    makesPods('web', {
      podSpec: {
        container: [container({ readiness_probe: { period_seconds: 0, tcp_socket: [{ port: '80' }] } })],
      },
    }),
    `${app}deployment_v1.web: spec.template.spec.container[0].readiness_probe.period_seconds: must be 1 or more, but is 0. Correct it.`,
  ],
])('names %s', (_, block, message) => {
  expect(complaints(requireAcceptedObjects, block)).toEqual([message]);
});
