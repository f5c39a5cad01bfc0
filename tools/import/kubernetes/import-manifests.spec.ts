import fc from 'fast-check';
import { stringify } from 'yaml';
import { isPlainObject } from '@home/terraform';
import { printWorkloads } from '../code/print-workload';
import { exampleSurroundings } from '../example-surroundings';
import { importManifests } from './import-manifests';
import { importObject } from './imported-object';
import { readManifests } from './read-manifests';
import { SecretVariables } from './secret-values';

async function importing(...objects: readonly unknown[]) {
  const text = objects
    .map((object) => (typeof object === 'string' ? object : stringify(object, { version: '1.1' })))
    .join('\n---\n');
  const imported = importManifests([{ file: 'all.yaml', text }], exampleSurroundings);
  const printed = await printWorkloads(imported.workloads);
  return { ...imported, printed, left: imported.left.map(({ where, what }) => `${where}: ${what}`) };
}

/** What the provider is given for an object. */
function argumentsOf(object: unknown) {
  const [manifest] = readManifests({ file: 'a.yaml', text: stringify(object, { version: '1.1' }) }).manifests;
  return manifest && importObject(manifest, new SecretVariables(new Set(), false))?.given;
}

const metadata = { name: 'photos', namespace: 'apps', labels: { app: 'photos' } };
const container = {
  name: 'photos',
  image: 'example.org/photos:1.4.2',
  ports: [{ name: 'http', containerPort: 3000 }],
  env: [
    { name: 'WORKERS', value: '2' },
    { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'photos', key: 'token' } } },
  ],
  resources: { requests: { memory: '96Mi' } },
  readinessProbe: { httpGet: { path: '/health', port: 'http' } },
};
const deployment = (own: object = {}, pod: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata,
  spec: {
    selector: { matchLabels: metadata.labels },
    template: {
      metadata: { labels: metadata.labels },
      spec: { containers: [{ ...container, ...own }], ...pod },
    },
  },
});
const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata,
  spec: { selector: metadata.labels, ports: [{ port: 80, targetPort: 'http' }] },
};
const ingress = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata,
  spec: {
    rules: [
      {
        host: 'pictures.home',
        http: {
          paths: [
            { path: '/', pathType: 'Prefix', backend: { service: { name: 'photos', port: { number: 80 } } } },
          ],
        },
      },
    ],
  },
};
const secret = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'photos', namespace: 'apps' },
  stringData: { token: 'never-in-code' },
};

describe('manifests of an app', () => {
  it('become blocks that refer to each other, without the values of Secrets', async () => {
    const { printed, left, variables } = await importing(secret, deployment(), service, ingress);
    const code = printed.get('apps/workloads/photos/main.ts');
    expect(code).toContain("resource('kubernetes_deployment_v1', 'photos', {");
    expect(code).toContain("secret_key_ref: { name: secret.ref.metadata[0].name, key: 'token' }");
    expect(code).toContain("host: host('pictures')");
    expect(code).toContain('service: { name: service.ref.metadata[0].name, port: { number: 80 } }');
    expect(code).not.toContain('never-in-code');
    expect(left).toEqual([]);
    expect(variables.map(({ name, where }) => [name, where])).toEqual([['photos_token', 'all.yaml:7']]);
  });

  it('go to a folder for each app', async () => {
    const text = JSON.stringify([deployment(), service]).replaceAll('photos', 'music');
    const { workloads } = await importing(deployment(), ...JSON.parse(text), service);
    expect(workloads.map(({ name }) => name)).toEqual(['photos', 'music']);
  });
});

describe('an object', () => {
  test.each<[string, object, object]>([
    [
      'a target port that is a number',
      { ...service, spec: { ports: [{ port: 80, targetPort: 3000 }] } },
      { metadata, spec: { port: [{ port: 80, target_port: '3000' }] } },
    ],
    [
      'binary data, permissions and a revision',
      { apiVersion: 'v1', kind: 'ConfigMap', metadata, binaryData: { a: '/w==' }, immutable: true },
      { metadata, binary_data: { a: '/w==' }, immutable: true },
    ],
    [
      'the fields that a server fills',
      {
        ...service,
        metadata: { ...metadata, uid: '1', resourceVersion: '2', creationTimestamp: null },
        status: { loadBalancer: {} },
      },
      { metadata, spec: { selector: metadata.labels, port: [{ port: 80, target_port: 'http' }] } },
    ],
  ])('keeps %s', (_, object, expected) => {
    expect(argumentsOf(object)).toEqual(expected);
  });

  it('keeps every text of a ConfigMap', () => {
    const texts = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(texts, (data) => {
        const { data: kept } = argumentsOf({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data }) ?? {};
        expect(kept).toEqual({ ...data });
      }),
      { numRuns: 200 },
    );
  });

  it('is listed with file and line when nothing can hold it', async () => {
    const route = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'route' },
    };
    const { left } = await importing(
      { ...service, spec: { ...service.spec, madeUp: 1 } },
      route,
      'kind: Kustomization\napiVersion: kustomize.config.k8s.io/v1beta1\n',
    );
    expect(left).toEqual([
      'all.yaml:16: HTTPRoute route: the Kubernetes provider has no resource for gateway.networking.k8s.io/v1 HTTPRoute',
      'all.yaml:22: Kustomization without a name: the Kubernetes provider has no resource for kustomize.config.k8s.io/v1beta1 Kustomization',
      'all.yaml:13: Service photos: spec.madeUp: ServiceSpec has no field madeUp',
    ]);
  });

  it('is read through lists, anchors, merges, carriage returns and a byte order mark', async () => {
    const text = [
      'apiVersion: v1',
      'kind: List',
      'items:',
      '- kind: ConfigMap',
      '  apiVersion: v1',
      '  metadata: {name: a, labels: &labels {app: photos}}',
      '- kind: ConfigMap',
      '  apiVersion: v1',
      '  metadata:',
      '    name: b',
      '    labels:',
      '      <<: *labels',
      '      part: b',
    ].join('\r\n');
    const { manifests } = readManifests({ file: 'a.yaml', text });
    expect(
      manifests.map(({ value }) => (isPlainObject(value['metadata']) ? value['metadata']['labels'] : {})),
    ).toEqual([{ app: 'photos' }, { app: 'photos', part: 'b' }]);
    expect(manifests[1]?.where(['metadata', 'labels', 'app'])).toBe('a.yaml:6');
  });

  it('keeps what Kubernetes assumes and the provider does not', async () => {
    const { printed } = await importing(
      {
        apiVersion: 'storage.k8s.io/v1',
        kind: 'StorageClass',
        metadata: { name: 'fast' },
        provisioner: 'example.org/fast',
      },
      { ...deployment(), kind: 'StatefulSet', spec: { ...deployment().spec, serviceName: 'photos' } },
      {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata,
        spec: {
          maxReplicas: 3,
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'photos' },
          behavior: {
            scaleDown: {
              stabilizationWindowSeconds: 30,
              policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }],
            },
          },
        },
      },
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata,
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' },
        subjects: [{ kind: 'ServiceAccount', name: 'photos' }],
      },
    );
    const code = [...printed.values()].join('\n');
    expect(code).toMatch(/select_policy: 'Max',\n +stabilization_window_seconds: 30,/);
    expect(code).toContain('allow_volume_expansion: false');
    expect(code).toContain(`revision_history_limit: 10`);
    expect(code).toContain(`{ kind: 'ServiceAccount', name: 'photos', namespace: apps }`);
  });

  it('inherits from its pod and account what it does not say itself', async () => {
    const account = {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata,
      automountServiceAccountToken: false,
    };
    const pod = { serviceAccountName: 'photos', securityContext: { runAsNonRoot: true } };
    const { printed } = await importing(
      account,
      deployment({ securityContext: { readOnlyRootFilesystem: true } }, pod),
    );
    const code = printed.get('apps/workloads/photos/main.ts');
    expect(code).toContain('automount_service_account_token: false,');
    expect(code).toContain('security_context: { read_only_root_filesystem: true, run_as_non_root: true }');
  });
});
