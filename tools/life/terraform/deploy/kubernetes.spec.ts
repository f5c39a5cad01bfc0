import { type Answer, type KubernetesApi, unfinishedRollouts } from './kubernetes';

const object = (type: string, name: string) => ({
  address: `${type}.${name}`,
  type,
  values: { metadata: [{ name, namespace: 'apps' }] },
  needs: [],
});

const api = (answers: Record<string, object | number>): KubernetesApi => ({
  server: 'https://192.168.107.3:6443',
  async get(path): Promise<Answer> {
    const answer = answers[path] ?? 404;
    return typeof answer === 'number'
      ? { status: answer, text: '' }
      : { status: 200, text: JSON.stringify(answer) };
  },
});

const path = (plural: string, name: string): string => `/apis/apps/v1/namespaces/apps/${plural}/${name}`;

it.each<[string, object | number, string[]]>([
  [
    'a pod that is ready',
    {
      metadata: { generation: 2 },
      spec: { replicas: 1 },
      status: { observedGeneration: 2, updatedReplicas: 1, readyReplicas: 1 },
    },
    [],
  ],
  [
    'no pods wanted',
    { metadata: { generation: 1 }, spec: { replicas: 0 }, status: { observedGeneration: 1 } },
    [],
  ],
  [
    'a change that no controller has seen',
    {
      metadata: { generation: 3 },
      spec: { replicas: 1 },
      status: { observedGeneration: 2, updatedReplicas: 1, readyReplicas: 1 },
    },
    ['apps/memos was not seen by its controller yet'],
  ],
  [
    'the old pod still',
    {
      metadata: { generation: 2 },
      spec: { replicas: 1 },
      status: { observedGeneration: 2, readyReplicas: 1 },
    },
    ['apps/memos has 0 of 1 pods at its new version'],
  ],
  [
    'a pod that is not ready',
    {
      metadata: { generation: 2 },
      spec: { replicas: 1 },
      status: { observedGeneration: 2, updatedReplicas: 1 },
    },
    ['apps/memos has 0 of 1 pods ready'],
  ],
  ['nothing at all', 404, ['apps/memos is not there']],
  ['a refusal', 403, ['apps/memos: the API answers 403']],
])('of a StatefulSet with %s', async (_, answer, unfinished) => {
  const asked = api({ [path('statefulsets', 'memos')]: answer });
  expect(await unfinishedRollouts(asked, [object('kubernetes_stateful_set_v1', 'memos')])).toEqual(
    unfinished,
  );
});

it('counts the pods of a DaemonSet by its nodes', async () => {
  const status = {
    observedGeneration: 1,
    desiredNumberScheduled: 2,
    updatedNumberScheduled: 2,
    numberReady: 1,
  };
  const asked = api({ [path('daemonsets', 'fluent-bit')]: { metadata: { generation: 1 }, status } });
  expect(await unfinishedRollouts(asked, [object('kubernetes_daemon_set_v1', 'fluent-bit')])).toEqual([
    'apps/fluent-bit has 1 of 2 pods ready',
  ]);
});

it('asks about nothing that has no pods', async () => {
  expect(await unfinishedRollouts(api({}), [object('kubernetes_secret_v1', 'a')])).toEqual([]);
});
