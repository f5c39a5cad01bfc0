import { provider } from '@home/providers';
import {
  base64encode,
  type Block,
  dynamicBlock,
  ephemeralBlock,
  jsonencode,
  locals,
  output,
  publicText,
  raw,
  resourceBlock,
  sha256,
  tf,
  variable,
} from '@home/terraform';
import { complaints, container, makesPods } from './example-home';
import { noLiteralSecrets } from './literal-secrets';

describe('noLiteralSecrets', () => {
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
    [
      'the key under which a custom resource puts what it fetches',
      resourceBlock('kubernetes_manifest', 'a', {
        manifest: { spec: { data: [{ secretKey: 'password', remoteRef: { key: 'db' } }] } },
      }),
    ],
    ['a block of which nothing is recorded', resourceBlock('htpasswd_password', 'a', { result: 'text' })],
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
    [
      'source text that is text with a dot',
      user(raw('"hunter.two"')),
      'minio_iam_user.litestream: secret_wo',
    ],
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

  describe('what looks like a secret', () => {
    const plain = (where: string, why: string) =>
      `apps/workloads/app: ${where}: must not be written in the code, since ${why}. Derive it from the root secret: derive("purpose"), ` +
      'put that into a Secret and name it here with fromSecret(secret, "key"); if everybody may know it, say publicText("…").';
    const runs = (given: object) => makesPods('a', { podSpec: { container: [container(given)] } });
    const config = (given: object) => resourceBlock('kubernetes_config_map_v1', 'a', given);
    const pod = 'kubernetes_deployment_v1.a: spec.template.spec.container[0]';
    const host = resourceBlock<{ name: string }>('kubernetes_service_v1', 'db', {}).ref.name;

    it.each<[string, Block, string, string]>([
      [
        'in an environment',
        runs({ env: [{ name: 'DB_PASSWORD', value: 'hunter2' }] }),
        'kubernetes_deployment_v1.a: env DB_PASSWORD',
        'it is called DB_PASSWORD',
      ],
      [
        'in a URL of an environment',
        runs({ env: [{ name: 'DB', value: tf`postgres://me:hunter2@${host}/x` }] }),
        'kubernetes_deployment_v1.a: env DB',
        'it holds a password in a URL',
      ],
      ['behind an option', runs({ args: ['--token', 'abc123'] }), `${pod}.args[1]`, 'it is called token'],
      ['in an option', runs({ command: ['app', '--token=abc123'] }), `${pod}.command[1]`, 'it holds a token'],
      [
        'in a file of configuration',
        config({ data: { 'app.yml': 'user: me\npassword: hunter2\n' } }),
        'kubernetes_config_map_v1.a: data["app.yml"]',
        'it holds a password',
      ],
      [
        'beside a reference in a Secret',
        secret({ data_wo: { url: tf`postgres://me:hunter2@${host}/x` } }),
        'kubernetes_secret_v1.login: data_wo.url',
        'it holds a password in a URL',
      ],
      [
        'in data',
        config({ data: { token: 'abc123' } }),
        'kubernetes_config_map_v1.a: data.token',
        'it is called token',
      ],
      [
        'in what a function makes text of',
        config({ data: { app: jsonencode({ db: { password: 'hunter2' } }) } }),
        'kubernetes_config_map_v1.a: data.app',
        'it is called password',
      ],
      [
        'in source text',
        config({ data: { app: raw('format("postgres://me:hunter2@%s", var.host)') } }),
        'kubernetes_config_map_v1.a: data.app',
        'it holds a password in a URL',
      ],
      [
        'in what Terraform makes',
        runs({ env: [dynamicBlock('env', ['a'], () => ({ name: 'DB_PASSWORD', value: 'hunter2' }))] }),
        'kubernetes_deployment_v1.a: env DB_PASSWORD',
        'it is called DB_PASSWORD',
      ],
      [
        'in an annotation',
        resourceBlock('kubernetes_service_v1', 'a', {
          metadata: { annotations: { 'example.org/api-key': 'k-1' } },
        }),
        'kubernetes_service_v1.a: metadata.annotations["example.org/api-key"]',
        'it is called example.org/api-key',
      ],
      [
        'in a resource of another provider',
        resourceBlock('gotify_application', 'a', { name: 'a', description: 'postgres://me:hunter2@db/x' }),
        'gotify_application.a: description',
        'it holds a password in a URL',
      ],
      ['in a local value', locals({ api_token: 'abc123' }), 'local: api_token', 'it is called api_token'],
      [
        'as the default of a variable',
        variable('db_password', { default: 'hunter2' }),
        'var.db_password: default',
        'it is called db_password',
      ],
      [
        'as an output',
        output('db_password', 'hunter2'),
        'output.db_password: value',
        'it is called db_password',
      ],
      [
        'as a word of a command',
        runs({ command: ['redis-cli', '-a', 'hunter2', 'ping'] }),
        `${pod}.command`,
        'it holds a password',
      ],
      [
        'in a provider’s configuration that nobody recorded',
        provider('example' as 'gotify', { endpoint: 'http://a', api_key: 'k-1' } as never),
        'provider.example: api_key',
        'it is called api_key',
      ],
    ])('is refused %s', (_, block, where, why) => {
      expect(complaints(noLiteralSecrets, block)).toEqual([plain(where, why)]);
    });

    it.each<[string, Block]>([
      [
        'a text that everybody may know',
        runs({ env: [{ name: 'MAP_TOKEN', value: publicText('pk.a1b2c3') }] }),
      ],
      ['such a text in a Secret', secret({ data: { user: publicText('admin') } })],
      ['such a text in a function', config({ data: { a: jsonencode({ token: publicText('pk.a1') }) } })],
      ['such a text in a file', config({ data: { 'app.yml': publicText('password: hunter2') } })],
      [
        'a word of a command that everybody may know',
        runs({ command: ['redis-cli', '-a', publicText('x')] }),
      ],
      ['a variable in a command', runs({ command: ['redis-cli', '-a', '$(REDIS_PASSWORD)'] })],
      ['a reference', runs({ env: [{ name: 'DB_PASSWORD', value: root.ref }] })],
      [
        'a template of references',
        runs({ env: [{ name: 'DB', value: tf`postgres://me:${root.ref}@${host}/x` }] }),
      ],
      [
        'the key of a Secret',
        runs({
          env: [{ name: 'DB_PASSWORD', value_from: { secret_key_ref: { name: 'login', key: 'password' } } }],
        }),
      ],
    ])('may be %s', (_, block) => {
      expect(complaints(noLiteralSecrets, block)).toEqual([]);
    });
  });
});
