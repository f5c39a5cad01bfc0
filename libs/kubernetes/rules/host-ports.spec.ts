import { dynamicBlock, raw } from '@home/terraform';
import { complaints, container, exampleHome, makesPods } from './example-home';
import { requireRecreateWithHostPorts, uniqueHostPorts } from './host-ports';

describe('requireRecreateWithHostPorts', () => {
  const podSpec = { container: [container({ port: [{ container_port: 80, host_port: 80 }] })] };
  const check = (spec: object) =>
    complaints(requireRecreateWithHostPorts, makesPods('web', { spec, podSpec }));

  it.each([
    { strategy: { type: 'Recreate' } },
    { strategy: [{ type: 'Recreate' }] },
    { strategy: { rolling_update: { max_surge: '0', max_unavailable: '1' } } },
    { strategy: { type: raw('var.strategy') } },
    { strategy: { rolling_update: { max_surge: raw('var.surge') } } },
    { strategy: dynamicBlock('each', raw<string[]>('var.strategies'), () => ({})) },
  ])('accepts case %#', (spec) => {
    expect(check(spec)).toEqual([]);
  });

  it.each([
    {},
    { strategy: { type: 'RollingUpdate' } },
    { strategy: { rolling_update: { max_surge: '1' } } },
  ])('refuses %j', (spec) => {
    expect(check(spec)).toEqual([
      'apps/workloads/app: kubernetes_deployment_v1.web: the pod with host port 80/TCP must end before its successor ' +
        "starts. Use strategy: { type: 'Recreate' }.",
    ]);
  });

  it('asks it of Deployments with host ports alone', () => {
    expect(complaints(requireRecreateWithHostPorts, makesPods('web', {}))).toEqual([]);
    expect(
      complaints(requireRecreateWithHostPorts, makesPods('web', { type: 'daemon_set', podSpec })),
    ).toEqual([]);
  });
});

describe('uniqueHostPorts', () => {
  const node = { role: 'worker', memoryForPods: '1Gi' } as const;
  const rule = uniqueHostPorts({
    cluster: { allowSchedulingOnControlPlanes: true },
    network: {
      nodes: [
        { ...node, name: 'a' },
        { ...node, name: 'b' },
      ],
    },
  });

  const withPorts = (name: string, port: readonly object[], podSpec: object = {}) =>
    makesPods(name, { podSpec: { container: [container({ port })], ...podSpec } });
  const onHost = { host_network: true };
  const remedy = 'Choose another port for one of the two.';
  const clash = (port: string, advice = remedy) =>
    'apps/workloads/one: kubernetes_deployment_v1.one and apps/workloads/two: kubernetes_deployment_v1.two: ' +
    `host port ${port} must be unique, but both have it. ${advice}`;

  const web = [{ container_port: 80, host_port: 80 }];

  it.each([
    ['other numbers', [{ host_port: 81 }], {}],
    ['another protocol', [{ host_port: 80, protocol: 'UDP' }], {}],
    ['a port of the pod alone', [{ container_port: 80 }], {}],
    ['no port at all', [{ container_port: 80, host_port: 0 }], {}],
    ['a port that only Terraform knows', [{ host_port: raw('var.port') }], {}],
    ['a protocol that only Terraform knows', [{ host_port: 80, protocol: raw('var.protocol') }], {}],
    ['another port on the host’s network', [{ container_port: 8080 }], onHost],
  ])('accepts %s', (_, port, podSpec) => {
    const home = exampleHome({ one: [withPorts('one', web)], two: [withPorts('two', port, podSpec)] });
    expect(complaints(rule, ...home)).toEqual([]);
  });

  it.each([
    ['asked for', [{ container_port: 22, host_port: 6443 }], {}, '6443/TCP must stay the Kubernetes API’s'],
    ['on the host’s network', [{ container_port: 50000 }], onHost, '50000/TCP must stay Talos’ own'],
  ])('refuses a port of the machine itself: %s', (_, port, podSpec, message) => {
    const home = exampleHome({ one: [withPorts('one', port, podSpec)] });
    expect(complaints(rule, ...home)).toEqual([
      `apps/workloads/one: kubernetes_deployment_v1.one: host port ${message}. Choose another port.`,
    ]);
    const udp = port.map((one) => ({ ...one, protocol: 'UDP' }));
    expect(complaints(rule, ...exampleHome({ one: [withPorts('one', udp, podSpec)] }))).toEqual([]);
  });

  it.each([
    ['both ask for it', [{ container_port: 8080, host_port: 80 }], {}],
    ['one is on the host’s network', [{ container_port: 80 }], onHost],
    ['one takes it on one address', [{ container_port: 80, host_port: 80, host_ip: '127.0.0.1' }], {}],
  ])('refuses a port that two pods take: %s', (_, port, podSpec) => {
    const home = exampleHome({ one: [withPorts('one', web)], two: [withPorts('two', port, podSpec)] });
    expect(complaints(rule, ...home)).toEqual([clash('80/TCP')]);
  });

  it('refuses TCP and UDP each by itself, and advises no other port for DNS', () => {
    const ofDns = 'Bind the two to nodes of their own, or leave one out: DNS is asked on this port alone.';
    const dns = ['TCP', 'UDP'].map((protocol) => ({ container_port: 53, protocol }));
    const home = exampleHome({ one: [withPorts('one', dns, onHost)], two: [withPorts('two', dns, onHost)] });
    expect(complaints(rule, ...home)).toEqual([clash('53/TCP', ofDns), clash('53/UDP', ofDns)]);
  });

  it('refuses a port that two containers of one pod take, but not one that an init container lets go of', () => {
    const spec = (role: object) => ({
      ...onHost,
      init_container: [container({ name: 'before', port: [{ container_port: 80 }], ...role })],
      container: [container({ port: [{ container_port: 80 }] })],
    });
    expect(complaints(rule, makesPods('one', { podSpec: spec({}) }))).toEqual([]);
    expect(complaints(rule, makesPods('one', { podSpec: spec({ restart_policy: 'Always' }) }))).toEqual([
      `apps/workloads/app: kubernetes_deployment_v1.one: host port 80/TCP must be unique, but is there twice. ${remedy}`,
    ]);
  });

  it('accepts a port of an app that runs where the pods of the entry nodes do not', () => {
    const only = (...values: string[]) => {
      const node_selector_term = [
        { match_expressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values }] },
      ];
      const required_during_scheduling_ignored_during_execution = { node_selector_term };
      return { affinity: { node_affinity: { required_during_scheduling_ignored_during_execution } } };
    };
    const on = (name: string) => ({ node_selector: { 'kubernetes.io/hostname': name } });
    const of = (entry: object, app: object) =>
      exampleHome({ one: [withPorts('one', web, entry)], two: [withPorts('two', web, app)] });
    expect(complaints(rule, ...of(only('a'), on('b')))).toEqual([]);
    expect(complaints(rule, ...of(only('a', 'b'), on('b')))).toEqual([clash('80/TCP')]);
  });

  it('accepts one port on two addresses, and on two nodes', () => {
    const at = (host_ip: string) => [{ container_port: 53, host_port: 53, host_ip }];
    const on = (node: string) => ({ node_selector: { 'kubernetes.io/hostname': node } });
    const twoAddresses = exampleHome({
      one: [withPorts('one', at('192.168.107.3'))],
      two: [withPorts('two', at('127.0.0.1'))],
    });
    const twoNodes = exampleHome({
      one: [withPorts('one', web, on('a'))],
      two: [withPorts('two', web, on('b'))],
    });
    const oneNode = exampleHome({ one: [withPorts('one', web, on('a'))], two: [withPorts('two', web)] });
    expect(complaints(rule, ...twoAddresses)).toEqual([]);
    expect(complaints(rule, ...twoNodes)).toEqual([]);
    expect(complaints(rule, ...oneNode)).toEqual([clash('80/TCP')]);
  });

  it('refuses more pods of one kind than there are nodes for them', () => {
    const pods = (given: object, podSpec: object = {}) =>
      complaints(
        rule,
        makesPods('one', { ...given, podSpec: { container: [container({ port: web })], ...podSpec } }),
      );
    const onNode = { node_selector: { 'kubernetes.io/hostname': 'a' } };
    expect(pods({ spec: { replicas: '2' } })).toEqual([]);
    expect(pods({ spec: { replicas: raw('var.replicas') } }, onNode)).toEqual([]);
    expect(pods({ type: 'daemon_set' })).toEqual([]);
    expect(pods({ spec: { replicas: '2' } }, onNode)).toEqual([
      'apps/workloads/app: kubernetes_deployment_v1.one: host port 80/TCP must be free for each of its 2 pods, but 1 of the nodes may run them. Lower its replicas.',
    ]);
  });
});
