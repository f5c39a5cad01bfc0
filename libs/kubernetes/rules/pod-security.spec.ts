import { type Block, dataBlock, raw, resourceBlock } from '@home/terraform';
import { levels } from '../read/pod-security';
import { complaints, makesPods } from './example-home';
import { rightsCases } from './example-rights';
import { requireGrantedRights } from './pod-security';

const namespace = (level?: unknown, name = 'apps'): Block =>
  resourceBlock('kubernetes_namespace_v1', name, {
    metadata: {
      name,
      ...(level !== undefined && { labels: { 'pod-security.kubernetes.io/enforce': level } }),
    },
  });
const check = (...blocks: Block[]) => complaints(requireGrantedRights, ...blocks);
const app = 'apps/workloads/app: kubernetes_deployment_v1.a';
const bare = { container: [{ name: 'app', image: 'ghcr.io/example/app:1.0.0' }] };
const hostNetwork = makesPods('a', { podSpec: { host_network: true } });
const why = { annotations: { 'homeserver.lknuth.dev/beyond-restricted': 'It has to.' } };

describe.each(rightsCases)('a pod that asks for $asks', ({ refusedBy, podSpec, annotations = {} }) => {
  it.each(levels)('is refused by a namespace as Kubernetes does: %s', (level) => {
    const pod = makesPods('a', {
      podSpec,
      metadata: { annotations: { ...annotations, ...why.annotations } },
    });
    const isRefused = refusedBy !== 'none' && levels.indexOf(level) >= levels.indexOf(refusedBy);
    expect(check(namespace(level), pod).length > 0).toBe(isRefused);
  });
});

it('says what is too much, for whom, and where', () => {
  const pod = makesPods('a', { podSpec: { ...bare, host_network: true } });
  const since = 'since the namespace "apps" enforces "restricted"';
  const move = 'or move it to a namespace that grants more.';
  expect(check(namespace('restricted'), pod)).toEqual([
    `${app}: a pod must not have host_network, ${since}. Take it out, ${move}`,
    `${app}: container "app" must not allow privilege escalation, ${since}. Write security_context: { allow_privilege_escalation: false }, ${move}`,
    `${app}: container "app" must not run as root, ${since}. Write security_context: { run_as_non_root: true, run_as_user: "1000" }, ${move}`,
    `${app}: container "app" must have a seccomp profile, ${since}. Write security_context: { seccomp_profile: { type: "RuntimeDefault" } }, ${move}`,
    `${app}: container "app" must drop all capabilities, ${since}. Write security_context: { capabilities: { drop: ["ALL"] } }, ${move}`,
  ]);
});

it('takes a namespace without a label, or of somebody else, for one that Talos holds to baseline', () => {
  const refusal = `${app}: a pod must not have host_network, since the namespace "apps" enforces "baseline". Take it out, or move it to a namespace that grants more.`;
  expect(check(namespace(), hostNetwork)).toEqual([refusal]);
  expect(check(hostNetwork)).toEqual([refusal]);
});

it('demands a reason for what goes beyond the strictest standard where the home has chosen another', () => {
  const given = namespace('privileged');
  const refusal = `${app}: a pod must not have host_network, or say why not. Meet the standard "restricted", or give the reason in the annotation "homeserver.lknuth.dev/beyond-restricted" of its pods.`;
  expect(check(given, hostNetwork)[0]).toBe(refusal);
  expect(check(given, makesPods('a', { podSpec: { host_network: true }, metadata: why }))).toEqual([]);
  const ofContainer = {
    annotations: { 'beyond-restricted.homeserver.lknuth.dev/app': 'It starts as root.' },
  };
  expect(check(given, makesPods('a', { podSpec: bare, metadata: ofContainer }))).toEqual([]);
  expect(
    check(given, makesPods('a', { podSpec: { ...bare, host_pid: true }, metadata: ofContainer })),
  ).toHaveLength(1);
  const empty = { annotations: { 'homeserver.lknuth.dev/beyond-restricted': ' ' } };
  expect(check(given, makesPods('a', { podSpec: { host_network: true }, metadata: empty }))).toHaveLength(2);
});

it.each([
  ['is exempt', [makesPods('a', { podSpec: { host_network: true }, spec: {} })], 'kube-system'],
  [
    'may be one whose name only Terraform knows',
    [resourceBlock('kubernetes_namespace_v1', 'b', { metadata: { name: raw('var.b') } }), hostNetwork],
    'apps',
  ],
  ['has a label that only Terraform knows', [namespace(raw('var.level')), hostNetwork], 'apps'],
  [
    'is looked up',
    [dataBlock('kubernetes_namespace_v1', 'apps', { metadata: { name: 'apps' } }), hostNetwork],
    'apps',
  ],
])('says nothing where the namespace %s', (_, blocks, name) => {
  const moved = blocks.map((block) =>
    block.type === 'kubernetes_deployment_v1'
      ? resourceBlock(block.type, block.label, { ...block.body, metadata: { name: 'a', namespace: name } })
      : block,
  );
  expect(check(...moved)).toEqual([]);
});

it('says of the host’s network and not of each port, which Kubernetes then opens on the host anyway', () => {
  const port = [{ container_port: 80, host_port: 80 }];
  const pod = makesPods('a', {
    podSpec: { host_network: true, container: [{ ...bare.container[0], port }] },
  });
  expect(check(pod)).toHaveLength(1);
});

it('refuses a level that Kubernetes does not know', () => {
  expect(check(namespace('restrictd'))).toEqual([
    'apps/workloads/app: kubernetes_namespace_v1.apps: label pod-security.kubernetes.io/enforce must be one of "privileged", "baseline", "restricted", but is "restrictd". Correct it.',
  ]);
});
