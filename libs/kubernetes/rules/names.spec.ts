import { raw, resourceBlock } from '@home/terraform';
import { complaints, container, makesPods, object } from './example-home';
import {
  annotationKey,
  dataKey,
  dnsLabel,
  dnsSubdomain,
  ingressHost,
  labelKey,
  labelValue,
  objectName,
  portName,
  variableName,
  requireValidNames,
} from './names';

describe('a check of a name', () => {
  const long = (length: number) => 'a'.repeat(length);

  it.each([
    [
      'a DNS label',
      dnsLabel,
      ['a', '0', 'memos-notes', 'a--b', long(63)],
      ['', '-a', 'a-', 'A', 'a.b', 'a_b', 'ä', long(64)],
    ],
    [
      'a DNS name',
      dnsSubdomain(),
      ['a', 'a.b', 'db.rpi', '0.0', long(253)],
      ['', '.a', 'a.', 'a..b', 'a.-b', 'A.b', long(254)],
    ],
    ['a host', ingressHost, ['feed.rpi', '*.rpi'], ['*', '*rpi', 'a.*.rpi', 'Feed.rpi', 'feed.rpi.']],
    [
      'a port’s name',
      portName,
      ['web', 'dns-tcp', '8080-a', 'a'],
      ['', '80', 'Web', 'a--b', '-a', 'a-', 'a_b', long(16)],
    ],
    [
      'a key of data',
      dataKey,
      ['db.rpi', 'A_b-c', '.env', long(253)],
      ['', '.', '..', '..a', 'a/b', 'a b', long(254)],
    ],
    ['a variable', variableName, ['TZ', 'a.b-c', '1', 'with space'], ['', 'a=b', 'ä', 'a\n']],
    [
      'a label’s key',
      labelKey,
      ['app', 'App_1.x', 'app.kubernetes.io/name', `${long(253)}/${long(63)}`],
      [
        '',
        '/a',
        'a/',
        'a/b/c',
        'A.io/name',
        'a_b/name',
        '-a',
        'a-',
        long(64),
        `a.b/${long(64)}`,
        `${long(254)}/a`,
      ],
    ],
    ['an annotation’s key', annotationKey, ['gethomepage.dev/enabled', 'Example.IO/Name'], ['a b', 'a/b/c']],
    ['a label’s value', labelValue, ['', 'terraform', 'A_1.x', long(63)], ['-a', 'a b', 'a/b', long(64)]],
    ['a Service’s name', objectName('service'), ['web', long(63)], ['0web', 'web.a', long(64)]],
    ['a CronJob’s name', objectName('cronjob'), [long(52)], [long(53)]],
    ['a StatefulSet’s name', objectName('statefulset'), ['a.b', long(52)], [long(53)]],
    ['a ClusterRole’s name', objectName('clusterrole'), ['system:node', 'A b'], ['a/b', '.', '..', 'a%']],
    ['a Namespace’s name', objectName('namespace'), ['apps'], ['a.b', 'Apps']],
    ['any other name', objectName('configmap'), ['kube-root-ca.crt'], ['a_b']],
  ])('knows %s', (_, check, good, bad) => {
    expect(good.filter((name) => check(name) !== undefined)).toEqual([]);
    expect(bad.filter((name) => check(name) === undefined)).toEqual([]);
  });
});

describe('requireValidNames', () => {
  const named = (metadata: object, type = 'config_map', more: object = {}) =>
    object(type, 'app', { metadata: { name: 'app', namespace: 'apps', ...metadata }, ...more });
  const label = 'must be lower-case letters, digits and dashes, with a letter or digit at both ends';
  const subdomain =
    'must be lower-case letters, digits, dashes and dots, with a letter or digit at both ends of each part';
  const qualified = 'must be letters, digits, "-", "_" and ".", with a letter or digit at both ends';
  const port =
    'must be lower-case letters, digits and single dashes, with at least one letter and no dash at an end';

  it.each([
    named({ labels: { 'app.kubernetes.io/name': 'app' }, annotations: { 'a/B': 'any text at all…' } }),
    named({ name: raw('var.name'), namespace: raw('var.namespace'), labels: { app: raw('var.app') } }),
    named({ labels: raw('var.labels'), annotations: raw('var.annotations') }),
    named({ name: undefined, generate_name: 'app-' }),
    named({}, 'config_map', { data: raw('var.data') }),
    // The writer refuses it.
    named({ annotations: { '\ud800': 'x' } }, 'config_map', { data: { '\ud800': 'x' } }),
    makesPods('app', {}),
    resourceBlock('kubernetes_cluster_role_v1', 'app', { metadata: { name: 'system:a' } }),
    resourceBlock('minio_s3_bucket', 'app', { metadata: { name: 'A_b' } }),
  ])('accepts case %#', (block) => {
    expect(complaints(requireValidNames, block)).toEqual([]);
  });

  const inContainer = (given: object) => makesPods('app', { podSpec: { container: [container(given)] } });

  it.each([
    [named({ name: 'App' }), `name "App" ${subdomain}`],
    [named({ name: undefined }), `name "" ${subdomain}`],
    [
      named({ name: 'a'.repeat(53) }, 'cron_job'),
      `name "${'a'.repeat(53)}" must have at most 52 characters, but has 53`,
    ],
    [named({ name: '1st' }, 'service'), `name "1st" ${label}, and a letter first`],
    [named({ namespace: 'my apps' }), `namespace "my apps" ${label}`],
    [named({ labels: { 'a b': 'c' } }), `label "a b" ${qualified}`],
    [named({ labels: { 'A.io/b': 'c' } }), `label "A.io/b" has a prefix "A.io" that ${subdomain}`],
    [named({ labels: { app: 'my app' } }), `label value "my app" ${qualified}`],
    [named({ annotations: { 'a/b/c': '' } }), 'annotation "a/b/c" must have at most one "/"'],
    [
      named({}, 'config_map', { data: { 'a/b': '' } }),
      'key "a/b" must be letters, digits, "-", "_" and ".", and neither be "." nor start with ".."',
    ],
    [
      named({}, 'secret', { data_wo: { 'a b': '' } }),
      'key "a b" must be letters, digits, "-", "_" and ".", and neither be "." nor start with ".."',
    ],
    [named({}, 'service', { spec: { selector: { app: '-' } } }), `label value "-" ${qualified}`],
    [named({}, 'service', { spec: { port: [{ name: 'Web' }] } }), `port "Web" ${label}`],
    [named({}, 'ingress', { spec: { rule: [{ host: 'Feed.rpi' }] } }), `host "Feed.rpi" ${subdomain}`],
    [inContainer({ name: 'the app' }), `container "the app" ${label}`],
    [
      makesPods('app', { podSpec: { init_container: [container({ name: 'app' })] } }),
      'container "app" must be unique in its pod',
    ],
    [
      makesPods('app', { podSpec: { volume: [{ name: 'data' }, { name: 'data' }] } }),
      'volume "data" must be unique in its pod',
    ],
    [
      inContainer({ port: [{ name: 'healthness-and-more' }] }),
      'port "healthness-and-more" must have at most 15 characters, but has 19',
    ],
    [inContainer({ port: [{ name: '8080' }] }), `port "8080" ${port}`],
    [
      inContainer({ env: [{ name: 'A=B' }] }),
      'environment variable "A=B" must be printable ASCII without "="',
    ],
    [makesPods('app', { podSpec: { volume: [{ name: 'my_data' }] } }), `volume "my_data" ${label}`],
    [makesPods('app', { metadata: { annotations: { 'a b': '' } } }), `annotation "a b" ${qualified}`],
  ])('refuses case %#', (block, fault) => {
    expect(complaints(requireValidNames, block)).toEqual([
      `apps/workloads/app: ${block.type}.app: ${fault}. Choose another one.`,
    ]);
  });
});
