import { type Wire, unknown } from './message-pack';
import { replacedBy } from './resources';

const set = (name: string, image: string, labels: Wire) => ({
  metadata: [{ name, namespace: 'apps' }],
  spec: [
    {
      selector: [{ match_labels: labels }],
      template: [{ metadata: [{ name: image }], spec: [{ container: [{ image }] }] }],
    },
  ],
});
const before = set('gotify', 'gotify:1', { app: 'gotify' });

it.each<[string, string, Wire, Wire, Wire]>([
  [
    'nothing for a new image',
    'kubernetes_stateful_set_v1',
    before,
    set('gotify', 'gotify:2', { app: 'gotify' }),
    [],
  ],
  [
    'a new name',
    'kubernetes_stateful_set_v1',
    before,
    set('other', 'gotify:1', { app: 'gotify' }),
    [['metadata', 0, 'name']],
  ],
  [
    'a new selector',
    'kubernetes_stateful_set_v1',
    before,
    set('gotify', 'gotify:1', { app: 'x' }),
    [['spec', 0, 'selector']],
  ],
  ['a name that is not known yet', 'minio_s3_bucket', { bucket: 'a' }, { bucket: unknown }, [['bucket']]],
  [
    'nothing for a newer contract',
    'talos_machine_secrets',
    { talos_version: 'v1.7' },
    { talos_version: 'v1.13' },
    [],
  ],
  [
    'an older contract',
    'talos_machine_secrets',
    { talos_version: 'v1.13' },
    { talos_version: 'v1.7' },
    [['talos_version']],
  ],
  ['nothing for a resource that changes in place', 'gotify_client', { name: 'a' }, { name: 'b' }, []],
])('replaces an object for %s', (_what, type, prior, planned, paths) => {
  expect(replacedBy(type, prior, planned)).toEqual(paths);
});
