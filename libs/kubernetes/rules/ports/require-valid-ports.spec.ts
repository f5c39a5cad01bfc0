import { raw } from '@home/terraform';
import { complaints, container, makesPods, object } from '../example-home';
import { requireValidPorts } from './require-valid-ports';

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
