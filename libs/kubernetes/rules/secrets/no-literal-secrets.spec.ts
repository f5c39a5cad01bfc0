import {
  type Block,
  base64encode,
  dynamicBlock,
  ephemeralBlock,
  jsonencode,
  locals,
  raw,
  resourceBlock,
  sha256,
  tf,
  variable,
} from '@home/terraform';
import { provider } from '@home/providers';
import { complaints } from '../example-home';
import { noLiteralSecrets } from './no-literal-secrets';

const root = variable<string>('root', { sensitive: true, ephemeral: true });
const settings = locals({ password: 'hunter2', derived: tf`${root.ref}/app` });
const secret = (given: object) =>
  resourceBlock('kubernetes_secret_v1', 'login', { metadata: { name: 'login' }, ...given });
const user = (secret_wo: unknown) =>
  resourceBlock('minio_iam_user', 'litestream', { name: 'litestream', secret_wo });
const refusal = (where: string) =>
  `apps/workloads/app: ${where}: must not be written in the code, since it is secret. Derive it from the root secret: derive("purpose").`;

it.each<[string, Block]>([
  ['a reference', secret({ data_wo: { password: root.ref } })],
  ['a function of a reference', secret({ data: { password: sha256(tf`${root.ref}/app`) } })],
  ['a template with a reference', secret({ data_wo: { url: tf`http://gotify/${root.ref}` } })],
  ['source text that names something', secret({ data: { password: raw('var.password') } })],
  ['source text that names something inside a text', secret({ data: { a: raw('"a.b ${var.password}"') } })],
  ['source text around a reference', secret({ data: { a: raw('"${', root.ref, '}.b"') } })],
  ['the content of a file', secret({ data: { key: raw('file("key.pem")') } })],
  ['a local value that is derived', secret({ data: { password: settings.ref.derived } })],
  ['an empty text', secret({ data: { password: '' } })],
  ['nothing', secret({ data: null })],
  ['text in an argument that is no secret', secret({ type: 'Opaque', data_wo_revision: 1 })],
  ['text in another object', resourceBlock('kubernetes_config_map_v1', 'a', { data: { a: 'text' } })],
  ['a sensitive variable without a default', root],
  ['a variable that is no secret', variable('timezone', { default: 'UTC' })],
  [
    'a provider configured by reference',
    provider('gotify', { endpoint: 'http://gotify', password: root.ref }),
  ],
  ['a block of which nothing is recorded', resourceBlock('random_password', 'a', { result: 'text' })],
])('accepts %s', (_, block) => {
  expect(complaints(noLiteralSecrets, block)).toEqual([]);
});

it.each<[string, Block, string]>([
  ['a text', secret({ data: { password: 'hunter2' } }), 'kubernetes_secret_v1.login: data.password'],
  [
    'a write-only text',
    secret({ data_wo: { password: 'hunter2' } }),
    'kubernetes_secret_v1.login: data_wo.password',
  ],
  ['a number', secret({ data: { pin: 1234 } }), 'kubernetes_secret_v1.login: data.pin'],
  [
    'a text of an attribute that is write-only and sensitive',
    user('hunter2'),
    'minio_iam_user.litestream: secret_wo',
  ],
  [
    'a function of text',
    secret({ binary_data: { key: base64encode('hunter2') } }),
    'kubernetes_secret_v1.login: binary_data.key',
  ],
  ['a template of text', user(tf`${'hunter2'}!`), 'minio_iam_user.litestream: secret_wo'],
  [
    'text inside a function',
    user(jsonencode({ password: ['hunter2'] })),
    'minio_iam_user.litestream: secret_wo',
  ],
  ['source text that is text', user(raw('"hunter2"')), 'minio_iam_user.litestream: secret_wo'],
  ['source text that is text with a dot', user(raw('"hunter.two"')), 'minio_iam_user.litestream: secret_wo'],
  [
    'source text that is text with a dot around text',
    user(raw('"${', 'hunter', '}.two"')),
    'minio_iam_user.litestream: secret_wo',
  ],
  ['a local value that is text', user(settings.ref.password), 'minio_iam_user.litestream: secret_wo'],
  [
    'the default of a sensitive variable',
    variable('root', { sensitive: true, default: 'hunter2' }),
    'var.root: default',
  ],
  [
    'the default of an ephemeral variable',
    variable('root', { ephemeral: true, default: 'hunter2' }),
    'var.root: default',
  ],
  [
    'a provider’s password',
    provider('gotify', { endpoint: 'http://gotify', password: 'admin' }),
    'provider.gotify: password',
  ],
  [
    'a key in an object that is a secret further in',
    resourceBlock('talos_machine_configuration_apply', 'a', {
      client_configuration: { ca_certificate: 'a', client_key: 'b' },
    }),
    'talos_machine_configuration_apply.a: client_configuration.client_key',
  ],
])('refuses %s', (_, block, where) => {
  expect(complaints(noLiteralSecrets, block)).toEqual([refusal(where)]);
});

it('looks into what Terraform makes, and at what is ephemeral', () => {
  const made = { section: [dynamicBlock('entry', ['a'], () => ({ field: [{ value: 'hunter2' }] }))] };
  expect(
    complaints(noLiteralSecrets, ephemeralBlock('onepassword_item', 'a', { vault: 'v', title: 't' })),
  ).toEqual([]);
  expect(complaints(noLiteralSecrets, ephemeralBlock('onepassword_item', 'a', made))).toEqual([]);
});
