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
} from './name-checks';

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
