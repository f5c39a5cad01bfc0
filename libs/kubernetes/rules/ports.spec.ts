import { type Block, dynamicBlock, raw } from '@home/terraform';
import { complaints, container, exampleHome, makesPods, object } from './example-home';
import { requireNamedPorts, requireValidPorts, uniqueNodePorts } from './ports';

describe('requireNamedPorts', () => {
  const ports = [
    { name: 'web', container_port: 80 },
    { container_port: 81 },
    { name: 'dns', container_port: 53, protocol: 'UDP' },
  ];
  const withContainer = (given: object) =>
    makesPods('web', { podSpec: { container: [container({ port: ports, ...given })] } });
  const check = (...blocks: Block[]) => complaints(requireNamedPorts, ...exampleHome({ app: blocks }));
  const remedy = 'Name one that is there, or add it there.';

  it.each([
    { startup_probe: { http_get: { port: 'web' } } },
    { readiness_probe: [{ tcp_socket: [{ port: 'web' }] }] },
    { liveness_probe: { http_get: { port: 8080 } } },
    { liveness_probe: { http_get: { port: '8080' } } },
    { liveness_probe: { http_get: { port: raw('var.port') } } },
    { liveness_probe: { http_get: { port: 'web' } }, port: [{ name: raw('var.name') }] },
    {
      liveness_probe: { http_get: { port: 'web' } },
      port: dynamicBlock('each', raw<string[]>('var.ports'), () => ({})),
    },
    { liveness_probe: { exec: { command: ['true'] } }, port: undefined },
  ])('accepts a container, case %#', (given) => {
    expect(check(withContainer(given))).toEqual([]);
  });

  it.each([
    [{ startup_probe: { http_get: { port: 'http' } } }, 'startup_probe'],
    [{ liveness_probe: { tcp_socket: [{ port: 'http' }] } }, 'liveness_probe'],
    [{ lifecycle: { pre_stop: [{ http_get: { port: 'http' } }] } }, 'pre_stop'],
  ])('refuses a container with %j', (given, asker) => {
    expect(check(withContainer(given))).toEqual([
      `apps/workloads/app: kubernetes_deployment_v1.web: port "http" of ${asker} must be a port of container "app", ` +
        `which has "web", "dns". ${remedy}`,
    ]);
  });

  it('refuses a probe that names a port of another container', () => {
    const asking = container({ name: 'asking', liveness_probe: { http_get: { port: 'web' } } });
    const pods = makesPods('web', { podSpec: { container: [container({ port: ports }), asking] } });
    expect(check(pods)).toEqual([
      'apps/workloads/app: kubernetes_deployment_v1.web: port "web" of liveness_probe must be a port of container ' +
        `"asking", which has no named port. ${remedy}`,
    ]);
  });

  const service = (...port: object[]) =>
    object('service', 'web', { spec: { selector: { app: 'web' }, port } });

  it.each([
    { target_port: 'web' },
    { target_port: '9999' },
    { target_port: 9999 },
    { target_port: 'dns', protocol: 'UDP' },
    { target_port: raw('var.port') },
    { target_port: 'http', protocol: raw('var.protocol') },
    {},
  ])('accepts a Service, case %#', (port) => {
    expect(check(withContainer({}), service({ port: 80, ...port }))).toEqual([]);
  });

  it('accepts a Service to a port of a sidecar', () => {
    const metrics = container({
      name: 'metrics',
      restart_policy: 'Always',
      port: [{ name: 'metrics', container_port: 9 }],
    });
    const pods = makesPods('web', { podSpec: { init_container: [metrics], container: [container()] } });
    expect(check(pods, service({ port: 80, target_port: 'metrics' }))).toEqual([]);
  });

  it.each([
    [{ target_port: 'http' }, '"http" (TCP)'],
    [{ target_port: 'dns' }, '"dns" (TCP)'],
    [{ target_port: 'web', protocol: 'UDP' }, '"web" (UDP)'],
  ])('refuses a Service with %j', (port, shown) => {
    expect(check(withContainer({}), service({ port: 80, ...port }))).toEqual([
      `apps/workloads/app: kubernetes_service_v1.web: target port ${shown} must be a port of ` +
        `apps/workloads/app: kubernetes_deployment_v1.web, which has "web", "dns". ${remedy}`,
    ]);
  });

  it('refuses a Service of several workloads only where none of them has the port, once', () => {
    const other = makesPods('other', {
      metadata: { labels: { app: 'web' } },
      podSpec: {
        container: [container({ name: 'other', port: [{ name: 'gossip', container_port: 7946 }] })],
      },
    });
    const both = [withContainer({}), other] as const;
    expect(check(...both, service({ port: 80, target_port: 'gossip' }))).toEqual([]);
    expect(check(...both, service({ port: 80, target_port: 'metrics' }))).toHaveLength(1);
  });

  const ingress = (name: unknown, port: object) =>
    object('ingress', 'web', {
      spec: { rule: [{ host: 'web.rpi', http: { path: [{ backend: { service: { name, port } } }] } }] },
    });
  const backend = service({ name: 'http', port: 80, target_port: 'web' }, { port: 81 });

  it.each([
    ['web', { name: 'http' }],
    ['web', { number: 80 }],
    ['web', { name: raw('var.port') }],
    ['elsewhere', { name: 'http' }],
    [raw('var.service'), { name: 'none' }],
  ])('accepts an Ingress, case %#', (name, port) => {
    expect(check(withContainer({}), backend, ingress(name, port))).toEqual([]);
  });

  it.each([
    [{ name: 'web' }, 'port "web"', '"http"'],
    [{ number: 8080 }, 'port 8080', 'port 80, 81'],
  ])('refuses an Ingress with %j', (port, shown, has) => {
    expect(check(withContainer({}), backend, ingress('web', port))).toEqual([
      `apps/workloads/app: kubernetes_ingress_v1.web: ${shown} must be a port of ` +
        `apps/workloads/app: kubernetes_service_v1.web, which has ${has}. ${remedy}`,
    ]);
  });

  it('looks at the default backend of an Ingress too', () => {
    const spec = { default_backend: { service: { name: 'web', port: { name: 'web' } } } };
    expect(check(withContainer({}), backend, object('ingress', 'web', { spec }))).toHaveLength(1);
  });
});

describe('requireValidPorts', () => {
  const inContainer = (given: object) => makesPods('app', { podSpec: { container: [container(given)] } });
  const service = (...port: readonly object[]) => object('service', 'app', { spec: { port } });

  it.each([
    inContainer({ port: [{ container_port: 1 }, { container_port: 65535, host_port: 0 }] }),
    inContainer({
      port: [{ container_port: raw('var.port') }],
      liveness_probe: { tcp_socket: { port: 'web' } },
    }),
    service({ port: 80, target_port: 'web', node_port: 0 }),
    service({ port: 80, target_port: '8080' }),
    service({ name: 'web', port: 80 }, { name: raw('var.name'), port: raw('var.port') }),
  ])('accepts case %#', (block) => {
    expect(complaints(requireValidPorts, block)).toEqual([]);
  });

  it.each([
    [inContainer({ port: [{ container_port: 99999 }] }), 'container port 99999 of container "app"'],
    [inContainer({ port: [{ container_port: 80, host_port: -1 }] }), 'host port -1 of container "app"'],
    [inContainer({ startup_probe: { http_get: { port: '70000' } } }), 'port 70000 of startup_probe'],
    [service({ port: 0 }), 'port 0'],
    [service({ port: 80.5 }), 'port 80.5'],
    [service({ port: 80, target_port: '70000' }), 'target port 70000'],
    [service({ port: 80, node_port: 65536 }), 'node port 65536'],
  ])('refuses case %#', (block, port) => {
    expect(complaints(requireValidPorts, block)).toEqual([
      `apps/workloads/app: ${block.type}.app: ${port} must be a whole number from 1 to 65535. Write one such as 8080.`,
    ]);
  });

  it('refuses a port without a name in a Service that has several', () => {
    expect(complaints(requireValidPorts, service({ name: 'web', port: 80 }, { port: 443 }))).toEqual([
      "apps/workloads/app: kubernetes_service_v1.app: each of its 2 ports must have a name. Give it one, such as name: 'web'.",
    ]);
  });
});

describe('uniqueNodePorts', () => {
  const service = (name: string, ...ports: object[]) =>
    object('service', name, { spec: { type: 'NodePort', port: ports } });
  const check = (...ports: object[]) =>
    complaints(
      uniqueNodePorts,
      ...exampleHome({
        one: [service('one', { port: 80, node_port: 30080 })],
        two: [service('two', ...ports)],
      }),
    );

  it.each([
    { port: 80, node_port: 30081 },
    { port: 80, node_port: 0 },
    { port: 80 },
    { port: 80, node_port: raw('var.port') },
  ])('accepts case %#', (port) => {
    expect(check(port)).toEqual([]);
  });

  it('refuses a port of the nodes that two Services take, by another protocol, too', () => {
    expect(check({ port: 80, protocol: 'UDP', node_port: 30080 })).toEqual([
      'apps/workloads/one: kubernetes_service_v1.one and apps/workloads/two: kubernetes_service_v1.two: node port 30080 must be unique, but both have it. Choose another one.',
    ]);
  });
});
