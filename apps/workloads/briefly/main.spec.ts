import { many, one, readGeneratedStack } from '@home/generated';

test('briefly listens for no other Erlang, since the cookie for that stands in its public image', () => {
  const app = readGeneratedStack('workloads').find(
    ({ workload, type }) => workload === 'briefly' && type === 'kubernetes_deployment_v1',
  );
  const pod = one(one(one(app?.body['spec'])['template'])['spec']);
  const settings = many(one(pod['container'])['env']);
  expect(settings).toContainEqual({ name: 'RELEASE_DISTRIBUTION', value: 'none' });
});
