import { many, one, readGeneratedStack } from '@home/generated';

const blocks = readGeneratedStack('platform').filter(({ workload }) => workload === 'ingress');

const specOf = (type: string) => one(blocks.find((block) => block.type === type)?.body['spec']);

const maker = blocks.find(({ body }) => many(one(one(body['spec'])['template'])['spec']).length > 0);
const container = one(one(one(one(maker?.body['spec'])['template'])['spec'])['container']);
const pathOf = (probe: string) => one(one(container[probe])['http_get'])['path'];

it('is ready when it has the route of its own Ingress, and works when it answers at all', () => {
  const host = String(one(specOf('kubernetes_ingress_v1')['rule'])['host']);
  const router = `-ready-${host.replaceAll('.', '-')}@kubernetes`;
  expect(pathOf('readiness_probe')).toMatch(/^\/api\/http\/routers\/\S*$/);
  expect(String(pathOf('readiness_probe')).endsWith(router)).toBe(true);
  expect([pathOf('startup_probe'), pathOf('liveness_probe')]).toEqual(['/ping', '/ping']);
});

it('has a route to a Service without pods, or it would never be ready', () => {
  expect(specOf('kubernetes_service_v1')).not.toHaveProperty('selector');
  expect(container['args']).toContain('--providers.kubernetesingress.allowemptyservices=true');
});

it('tells nobody of itself', () => {
  expect(container['args']).toEqual(
    expect.arrayContaining(['--global.checknewversion=false', '--global.sendanonymoususage=false']),
  );
});
