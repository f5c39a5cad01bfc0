import { typeOfKind } from './kubernetes-types';
import { resourceOfKind } from './resource-types';
import { restoreObject } from './restore-object';

const cases: readonly {
  readonly kind: readonly [apiVersion: string, kind: string];
  readonly in: Readonly<Record<string, unknown>>;
  readonly out: Readonly<Record<string, unknown>>;
}[] = [
  {
    kind: ['v1', 'Service'],
    in: {
      metadata: [{ name: 'photos', labels: { app: 'photos' } }],
      spec: [{ selector: { app: 'photos' }, port: [{ port: 80, target_port: 'http' }] }],
      wait_for_load_balancer: false,
    },
    out: {
      metadata: { name: 'photos', labels: { app: 'photos' } },
      spec: { selector: { app: 'photos' }, ports: [{ port: 80, targetPort: 'http' }] },
      wait_for_load_balancer: false,
    },
  },
  {
    kind: ['apps/v1', 'Deployment'],
    in: {
      spec: [
        {
          selector: [{ match_labels: { app: 'photos' } }],
          template: [
            { spec: [{ container: [{ name: 'photos', port: [{ container_port: 80 }], image: null }] }] },
          ],
          dynamic: { template: [] },
        },
      ],
    },
    out: {
      spec: {
        selector: { matchLabels: { app: 'photos' } },
        template: { spec: { containers: [{ name: 'photos', ports: [{ containerPort: 80 }] }] } },
        dynamic: { template: [] },
      },
    },
  },
];

describe('restoreObject', () => {
  test.each(cases)('gives the $kind.1 that arguments make, and keeps what is none of its fields', (one) => {
    const type = typeOfKind(...one.kind);
    const resource = resourceOfKind(...one.kind);
    expect(type && resource && restoreObject(type, resource.block, one.in, (value) => value)).toEqual(
      one.out,
    );
  });
});
