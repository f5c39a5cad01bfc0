import { many, one, readGeneratedStack } from '@home/generated';

const blocks = readGeneratedStack('workloads').filter(({ workload }) => workload === 'wallabag');
const bodyOf = (type: string) => blocks.find((block) => block.type === type)?.body ?? {};

test('wallabag signs with a secret of this home, and not with that of every installation', () => {
  const pod = one(one(one(bodyOf('kubernetes_stateful_set_v1')['spec'])['template'])['spec']);
  const settings = many(one(pod['container'])['env']);
  const { value_from: source } = settings.find(({ name }) => name === 'SYMFONY__ENV__SECRET') ?? {};
  const { key } = one(one(source)['secret_key_ref']);
  const secret = one(bodyOf('kubernetes_secret_v1')['data_wo']);
  expect(secret[String(key)]).toMatch(/^\$\{sha256\(.*home_root_secret/);
});
