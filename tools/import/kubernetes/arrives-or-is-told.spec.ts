import fc from 'fast-check';
import { stringify } from 'yaml';
import { snakeCase } from '../code/names';
import { expectAll, holdAll, leavesIn, word } from '../example-import';

const path = word.map((one) => `/srv/${one}`);
const words = fc.dictionary(word, word, { minKeys: 1, maxKeys: 2 });
const some = <Given>(members: { [Key in keyof Given]: fc.Arbitrary<Given[Key]> }) =>
  fc.record(members, { requiredKeys: [] });

const probe = fc.record({ httpGet: fc.record({ path, port: fc.constant(80) }), periodSeconds: fc.nat(50) });
const container = fc
  .tuple(
    word,
    some({
      command: fc.array(word, { minLength: 1, maxLength: 2 }),
      args: fc.array(word, { minLength: 1, maxLength: 2 }),
      workingDir: path,
      env: word.map((value) => [{ name: 'PLACE', value }]),
      ports: word.map((name) => [{ name, containerPort: 8080 }]),
      livenessProbe: probe,
      startupProbe: probe,
      resources: fc.constant({ limits: { memory: '70Mi' }, requests: { cpu: '11m' } }),
      securityContext: fc.constantFrom({ runAsUser: 1234 }, { capabilities: { add: ['NET_ADMIN'] } }),
      lifecycle: word.map((one) => ({ preStop: { exec: { command: [one] } } })),
      terminationMessagePath: path,
      stdin: fc.constant(true),
      resizePolicy: fc.constant([{ resourceName: 'memory', restartPolicy: 'NotRequired' }]),
      volumeDevices: word.map((one) => [{ name: one, devicePath: '/dev/xvda' }]),
      madeUp: word,
    }),
  )
  .map(([name, given]) => ({ name, image: 'example.org/a:1.0', ...given }));

const pod = fc
  .tuple(
    fc.uniqueArray(container, { minLength: 1, maxLength: 2, selector: ({ name }) => name }),
    some({
      hostAliases: word.map((one) => [{ ip: '10.0.0.1', hostnames: [one] }]),
      nodeSelector: words,
      tolerations: word.map((key) => [{ key, operator: 'Exists' }]),
      dnsConfig: word.map((one) => ({ searches: [one] })),
      subdomain: word,
      schedulerName: word,
      hostNetwork: fc.constant(true),
      hostPID: fc.constant(true),
      setHostnameAsFQDN: fc.constant(true),
      readinessGates: word.map((conditionType) => [{ conditionType }]),
      topologySpreadConstraints: word.map((topologyKey) => [
        { maxSkew: 1, topologyKey, whenUnsatisfiable: 'ScheduleAnyway' },
      ]),
      volumes: word.map((name) => [
        { name, nfs: { server: 'nas', path: `/x/${name}` } },
        { name: `${name}-a`, emptyDir: { sizeLimit: '3Mi' } },
        { name: `${name}-b`, hostPath: { path: `/y/${name}` } },
      ]),
      madeUp: word,
    }),
  )
  .map(([containers, given]) => ({ containers, ...given }));

const template = pod.map((spec) => ({ metadata: { labels: { app: 'web' } }, spec }));
const selector = { matchLabels: { app: 'web' } };

/** What objects of each kind say; where each says something of its own. */
const kinds = {
  'apps/v1 Deployment': fc.record({
    spec: fc
      .tuple(
        template,
        some({ revisionHistoryLimit: fc.nat(9), minReadySeconds: fc.nat(9), paused: fc.constant(true) }),
      )
      .map(([one, given]) => ({ ...given, selector, template: one })),
  }),
  'apps/v1 StatefulSet': fc.record({
    spec: fc
      .tuple(template, some({ podManagementPolicy: fc.constant('Parallel'), minReadySeconds: fc.nat(9) }))
      .map(([one, given]) => ({ serviceName: 'web', ...given, selector, template: one })),
  }),
  'batch/v1 CronJob': fc.record({
    spec: fc.tuple(pod, some({ suspend: fc.constant(true), timeZone: word })).map(([spec, given]) => ({
      schedule: '7 4 * * *',
      ...given,
      jobTemplate: { spec: { template: { spec: { restartPolicy: 'Never', ...spec } } } },
    })),
  }),
  'v1 Service': fc.record({
    spec: some({
      selector: words,
      ports: word.map((name) => [{ name, port: 81, appProtocol: name }]),
      externalName: word,
      loadBalancerClass: word,
      sessionAffinity: fc.constant('ClientIP'),
      trafficDistribution: fc.constant('PreferClose'),
    }),
  }),
  'v1 ConfigMap': some({
    data: words,
    binaryData: fc.constant({ x: 'AAECA/8=' }),
    immutable: fc.constant(true),
  }),
  'v1 Secret': some({ stringData: words, type: word }),
  'v1 ServiceAccount': some({
    automountServiceAccountToken: fc.constant(false),
    imagePullSecrets: word.map((name) => [{ name }]),
  }),
  'rbac.authorization.k8s.io/v1 Role': fc.record({
    rules: word.map((one) => [{ apiGroups: [one], resources: [one], verbs: ['get'], resourceNames: [one] }]),
  }),
  'policy/v1 PodDisruptionBudget': fc.record({
    spec: some({ minAvailable: fc.constant(1), unhealthyPodEvictionPolicy: fc.constant('AlwaysAllow') }).map(
      (given) => ({ selector, ...given }),
    ),
  }),
  'networking.k8s.io/v1 Ingress': fc.record({
    spec: word.map((one) => ({
      ingressClassName: one,
      rules: [
        {
          host: `${one}.example.org`,
          http: {
            paths: [
              {
                path: `/${one}`,
                pathType: 'Prefix',
                backend: { service: { name: one, port: { number: 80 } } },
              },
            ],
          },
        },
      ],
    })),
  }),
  'v1 PersistentVolumeClaim': fc.record({
    spec: word.map((one) => ({
      accessModes: ['ReadWriteOnce'],
      volumeName: one,
      resources: { requests: { storage: '2Gi' } },
    })),
  }),
  'example.org/v1 Widget': fc.record({ spec: words }),
};

const object = fc.oneof(
  ...Object.entries(kinds).map(([whole, body]: [string, fc.Arbitrary<object>]) =>
    fc
      .tuple(
        word,
        some({ labels: words, annotations: words, finalizers: word.map((one) => [`x.org/${one}`]) }),
        body,
      )
      .map(([name, metadata, given]) => {
        const [apiVersion = '', kind = ''] = whole.split(' ');
        return { apiVersion, kind, metadata: { name, ...metadata }, ...given };
      }),
  ),
);

/** Something to import, whatever else is left out. */
const always = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'always' } };

const structure = /^(spec|template|jobTemplate|metadata|containers|name)$/;

// Whoever imports a chart of 60 objects reads none of them.
it('brings each field of an object along, or tells of it', async () => {
  const objects = fc.uniqueArray(object, {
    minLength: 1,
    maxLength: 3,
    selector: ({ metadata }) => metadata.name,
  });
  await holdAll(objects, {
    file: 'all.yaml',
    print: (all) => [always, ...all].map((one) => stringify(one)).join('---\n'),
    check: (all, { text, left, variables, problems }) => {
      expect(problems).toEqual([]);
      expectAll(
        all.flatMap(({ apiVersion, kind, ...given }) => {
          const of = `${kind} ${given.metadata.name}`;
          const told = left.filter((one) => one.of === of);
          const isLeftOut = told.some(({ what }) => /has no resource|is left out$/.test(what));
          return leavesIn(given).map(([steps, leaf]) => {
            const own = steps.filter((step) => !structure.test(step));
            const last = steps.at(-1) ?? '';
            const isHidden = variables.some(({ holds }) => holds.includes(last));
            const isTold = told.some(({ what }) => [...own, leaf].some((one) => what.includes(one)));
            // Other things may be true as well, or 80.
            const arrives = text.includes(leaf) && (/[a-z]{4}/.test(leaf) || text.includes(snakeCase(last)));
            return {
              part: { of: `${apiVersion} ${of}`, at: steps.join('.'), leaf },
              is: isLeftOut || isHidden || isTold || arrives,
            };
          });
        }),
      );
    },
  });
}, 120_000);
