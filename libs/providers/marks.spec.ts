import { type Marks, marksAt, sensitivePaths } from './marks';
import { type PathStep } from './part-at';

const none = { sensitive: false, writeOnly: false };

const cases: { kind?: 'resource' | 'provider'; type: string; path: PathStep[]; out?: Marks }[] = [
  { type: 'kubernetes_secret_v1', path: ['data', 'password'], out: { ...none, sensitive: true } },
  { type: 'kubernetes_secret_v1', path: ['data_wo'], out: { ...none, writeOnly: true } },
  { type: 'kubernetes_secret_v1', path: ['metadata', 'name'], out: none },
  { type: 'kubernetes_secret_v1', path: ['metadata', 0, 'name'], out: none },
  { type: 'kubernetes_secret_v1', path: ['metadata', 0, 'uid'], out: none },
  { type: 'kubernetes_secret_v1', path: [], out: none },
  { type: 'kubernetes_secret_v1', path: ['date'], out: undefined },
  { type: 'kubernetes_secrets_v1', path: [], out: undefined },
  {
    type: 'talos_machine_secrets',
    path: ['machine_secrets'],
    out: none,
  },
  {
    kind: 'provider',
    type: 'onepassword',
    path: ['service_account_token'],
    out: { ...none, sensitive: true },
  },
  { kind: 'provider', type: 'unknown', path: ['token'], out: undefined },
  { type: 'minio_iam_user', path: ['secret_wo'], out: { ...none, sensitive: true, writeOnly: true } },
];

test.each(cases)('$type $path', ({ kind = 'resource', type, path, out }) => {
  expect(marksAt(kind, type, path)).toEqual(out);
});

it('lists what is sensitive in a block, through lists and maps', () => {
  expect(sensitivePaths('resource', 'kubernetes_secret_v1')).toEqual([
    ['binary_data'],
    ['binary_data_wo'],
    ['data'],
    ['data_wo'],
  ]);
  expect(sensitivePaths('data', 'onepassword_item')).toContainEqual([
    'section_map',
    undefined,
    'field_map',
    undefined,
    'value',
  ]);
  expect(sensitivePaths('resource', 'kubernetes_deployment_v1')).toEqual([]);
});
