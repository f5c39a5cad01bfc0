import { problemOf } from '../imported';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { isPlainObject, resourceBlock } from '@home/terraform';
import { imported } from '../code/code';
import { printWorkloads } from '../code/print-workload';
import { exampleSurroundings } from '../example-surroundings';
import type { Surroundings } from '../surroundings';
import { importManifests } from './import-manifests';
import { importObject } from './imported-object';
import { readManifests } from './read-manifests';
import { SecretVariables } from './secret-values';

const importing = (...objects: readonly unknown[]) => importingInto(exampleSurroundings, ...objects);

async function importingInto(around: Surroundings, ...objects: readonly unknown[]) {
  const text = objects
    .map((object) => (typeof object === 'string' ? object : stringify(object, { version: '1.1' })))
    .join('\n---\n');
  const made = importManifests([{ file: 'all.yaml', text }], around);
  const printed = await printWorkloads(made.workloads);
  return {
    ...made,
    printed,
    left: made.left.map(problemOf).map(({ where, what }) => `${where}: ${what}`),
  };
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
      'all.yaml:1: Service photos: nobody here makes the pods that it selects',
      'all.yaml:13: Service photos: spec.madeUp: ServiceSpec has no field madeUp',
    ]);
  });

  const pod = (own: object, more: object = {}) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', ...more },
    spec: { containers: [{ name: 'web', image: 'example.org/web:1.2', ...own }] },
  });
  const main = (printed: ReadonlyMap<string, string>): string => [...printed.values()].join('');

  it('leaves out a role that grants nothing, and what binds it', async () => {
    const role = (kind: string, name: string, own: object) => ({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind,
      metadata: { name, ...(kind.startsWith('Cluster') ? {} : { namespace: 'apps' }) },
      ...own,
    });
    const bound = (name: string, to: string) =>
      role('RoleBinding', name, {
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: to },
        subjects: [{ kind: 'User', name: 'me' }],
      });
    const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }];
    const { printed, left } = await importing(
      role('Role', 'none', { rules: [] }),
      bound('none', 'none'),
      role('Role', 'some', { rules }),
      bound('some', 'some'),
    );
    expect([...printed.values()].join('')).not.toContain("'none'");
    expect([...printed.values()].join('')).toContain("'some'");
    expect(left).toEqual([
      'all.yaml:1: Role none: grants nothing, and is left out',
      'all.yaml:9: RoleBinding none: grants nothing, and is left out',
    ]);
  });

  it('is left out where Helm runs it, and told', async () => {
    const hook = (value: string) => pod({}, { name: value, annotations: { 'helm.sh/hook': value } });
    const { printed, left } = await importing(deployment(), hook('pre-delete'), hook('test'));
    expect(main(printed)).not.toContain('kubernetes_pod_v1');
    expect(left).toEqual([
      expect.stringContaining('Pod pre-delete (pre-delete): is left out, since Helm runs it then'),
      expect.stringContaining('Pod test: is a test of Helm and left out'),
    ]);
  });

  it('has what the home demands and nothing says, marked so that one search finds it', async () => {
    const { printed } = await importing(pod({ image: 'web:latest' }));
    const marks = main(printed).match(/imported: [a-z]+/g);
    expect(marks).toEqual(['imported: it', 'imported: pin', 'imported: it', 'imported: a']);
  });

  it('is not marked where it says all that the home asks for', async () => {
    const securityContext = {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
      capabilities: { drop: ['ALL'] },
    };
    const { printed } = await importing(pod({ securityContext, resources: { limits: { memory: '1Gi' } } }));
    expect(main(printed)).not.toContain('imported: ');
  });

  it('goes where its rights are granted, with all that is in default', async () => {
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'web' } };
    const subjects = [{ kind: 'ServiceAccount', name: 'web', namespace: 'default' }];
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' };
    const binding = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'web' },
      subjects,
      roleRef,
    };
    const around = {
      ...exampleSurroundings,
      namespaces: new Map([['infra', imported('@home/platform/namespaces', 'infra')]]),
    };
    const privileged = pod({ securityContext: { privileged: true } });
    const text = [privileged, account, binding].map((one) => stringify(one)).join('---\n');
    const { workloads, left } = importManifests([{ file: 'all.yaml', text }], around);
    const code = main(await printWorkloads(workloads));
    expect(code.match(/namespace: infra/g)).toHaveLength(3);
    expect(left.map(({ weight }) => weight)).toEqual(['hurts']);
  });

  it('answers at hosts of the home', async () => {
    const backend = { service: { name: 'photos', port: { number: 80 } } };
    const rules = [
      { host: 'photos.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } },
    ];
    const tls = [{ hosts: ['photos.example.com'], secretName: 'tls' }];
    const hostless = [{ http: { paths: [{ path: '/api', pathType: 'Prefix', backend }] } }];
    const ingress = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata, spec: { rules, tls } };
    const api = { ...ingress, metadata: { ...metadata, name: 'api' }, spec: { rules: hostless } };
    const { printed, left } = await importing(ingress, api);
    expect(main(printed)).toContain("host: host('photos')");
    expect(main(printed)).toContain("host: host('api')");
    expect(main(printed)).toContain("tls: [{ hosts: ['photos.home'] }]");
    expect(left).toEqual([
      expect.stringContaining('photos.example.com becomes photos.home'),
      expect.stringContaining('its certificate tls is left out'),
      expect.stringContaining('it answered at any host, and does so at api.home alone'),
      'all.yaml:1: Ingress photos (photos): nobody here makes this Service',
      'all.yaml:26: Ingress api (photos): nobody here makes this Service',
    ]);
    expect(main(printed)).toContain("made-elsewhere': 'imported: nobody here makes photos'");
  });

  it('answers at another host where the home has that one', async () => {
    const block = resourceBlock('kubernetes_ingress_v1', 'a', {
      spec: { rule: [{ host: 'pictures.home' }] },
    });
    const owner = { stack: 'workloads', workload: 'a', where: 'a' };
    const around = { ...exampleSurroundings, blocks: [...exampleSurroundings.blocks, { owner, block }] };
    const { printed, left } = await importingInto(around, deployment(), service, ingress);
    expect(main(printed)).toContain("host: host('pictures-2')");
    expect(left).toEqual([expect.stringContaining('pictures.home becomes pictures-2.home')]);
  });

  it('of which the home has one for everybody is left out, and rights get another name', async () => {
    const shared = ['Namespace', 'IngressClass'].map((kind) => ({
      apiVersion: kind === 'Namespace' ? 'v1' : 'networking.k8s.io/v1',
      kind,
      metadata: { name: 'infra' },
    }));
    const rbac = 'rbac.authorization.k8s.io';
    const reader = { apiVersion: `${rbac}/v1`, metadata: { name: 'reader' } };
    const role = { ...reader, kind: 'ClusterRole', rules: [{ verbs: ['get'], nonResourceURLs: ['/'] }] };
    const binding = {
      ...reader,
      kind: 'ClusterRoleBinding',
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: 'reader' },
      subjects: [],
    };
    const { printed, left } = await importing(...shared, role, binding);
    const code = main(printed);
    expect(code).not.toContain('kubernetes_namespace_v1');
    expect(code).toContain("resource('kubernetes_ingress_class_v1', 'infra', {");
    expect(code).toContain("metadata: { name: 'reader-2' }");
    expect(code).toContain('name: clusterRole.ref.metadata[0].name');
    expect(code).toContain("metadata: { name: 'reader' },\n  role_ref");
    expect(left).toEqual([
      'all.yaml:1: Namespace infra: the home has it already, so it is left out',
      expect.stringContaining('ClusterRole reader: the home has one of this name, so it is called reader-2'),
    ]);
  });

  it('has no choice where a generator left one empty', () => {
    const set = { ...deployment(), kind: 'StatefulSet' };
    const withChoice = (podManagementPolicy: string) => ({
      ...set,
      spec: { ...set.spec, podManagementPolicy },
    });
    return expect(
      Promise.all([importing(withChoice('')), importing(withChoice('Both'))]),
    ).resolves.toMatchObject([
      { problems: [] },
      { problems: [{ what: expect.stringContaining('must be equal to one of the allowed values') }] },
    ]);
  });

  it('that selects the pods of several workloads, or of none here, says so', async () => {
    const other = { ...deployment(), metadata: { ...metadata, name: 'other' } };
    const operated = {
      ...service,
      metadata: { ...metadata, name: 'operated' },
      spec: { selector: { app: 'operated' }, ports: [{ port: 80 }] },
    };
    const { printed, left } = await importing(deployment(), other, service, operated);
    expect(main(printed)).toContain("/selector': 'imported: it selects the pods of photos and other'");
    expect(main(printed)).toContain("/selector': 'imported: nobody here makes the pods that it selects'");
    expect(left).toEqual([
      expect.stringContaining('Service photos: it selects the pods of photos and other'),
      expect.stringContaining('Service operated: nobody here makes the pods that it selects'),
    ]);
  });

  describe('a claim', () => {
    const claim = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'photos-data', namespace: 'apps' },
      spec: {
        accessModes: ['ReadWriteMany'],
        storageClassName: 'longhorn',
        resources: { requests: { storage: '9Gi' } },
      },
    };
    const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'photos-data' } }];

    it('of one pod gets a folder of the share', async () => {
      const { printed, left } = await importing(deployment({}, { volumes }), claim);
      const code = main(printed);
      expect(code).toContain("nfs: { server: '192.168.1.2', path: '/export/home/photos/data' }");
      expect(code).toContain("claim_ref: { namespace: 'apps', name: 'photos-data' }");
      expect(code).toContain("capacity: { storage: '9Gi' }");
      expect(left).toEqual([
        expect.stringContaining('(photos-data → photos/data): its claim gets a folder of the share'),
      ]);
    });

    it('of a database server gets one on the disk of a node', async () => {
      const { printed } = await importing(deployment({ image: 'postgres:16.3' }, { volumes }), claim);
      expect(main(printed)).toContain("host_path: { path: '/var/lib/home-data/photos/data' }");
    });

    it('of several pods is told, and stays', async () => {
      const other = { ...deployment({}, { volumes }), metadata: { ...metadata, name: 'other' } };
      const { printed, left } = await importing(deployment({}, { volumes }), other, claim);
      expect(main(printed)).toContain("storage_class_name: 'longhorn'");
      expect(left).toEqual([expect.stringContaining('is a claim that several pods mount')]);
    });

    it('with a class or a volume of its own stays as it is', async () => {
      const storageClass = {
        apiVersion: 'storage.k8s.io/v1',
        kind: 'StorageClass',
        metadata: { name: 'longhorn' },
        provisioner: 'a/b',
      };
      const { printed, left } = await importing(deployment({}, { volumes }), claim, storageClass);
      expect(main(printed)).not.toContain('kubernetes_persistent_volume_v1');
      expect(left).toEqual([]);
    });

    it('that a StatefulSet makes gets one for each pod', async () => {
      const { spec } = deployment();
      const { printed } = await importing({
        ...deployment(),
        kind: 'StatefulSet',
        spec: {
          ...spec,
          serviceName: 'photos',
          replicas: 2,
          volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claim.spec }],
        },
      });
      const code = main(printed);
      expect(code).toContain("claim_ref: { namespace: 'apps', name: 'data-photos-0' }");
      expect(code).toContain("claim_ref: { namespace: 'apps', name: 'data-photos-1' }");
      expect(code).not.toContain('longhorn');
    });
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
