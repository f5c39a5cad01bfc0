import { provider } from '@home/providers';
import {
  type Block,
  check as checkBlock,
  dataBlock,
  dynamicBlock,
  ephemeralBlock,
  instance,
  jsonencode,
  locals,
  module,
  nonsensitive,
  output,
  raw,
  resourceBlock,
  sha256,
  tf,
  variable,
} from '@home/terraform';
import { complaints, container, exampleHome, makesPods } from './example-home';
import { noLeakedSecrets, noSecretsAcrossStacks } from './secrets';

describe('noLeakedSecrets', () => {
  interface Login {
    readonly id: string;
    readonly username: string;
    readonly password: string;
    readonly section: readonly { label: string; field: readonly { value: string }[] }[];
  }
  interface Machine {
    readonly client_configuration: { ca_certificate: string; client_key: string };
  }

  const root = variable<string>('root', { sensitive: true, ephemeral: true });
  const token = variable<string>('token', { sensitive: true });
  const plain = variable<string>('vault');
  const client = resourceBlock<{ id: string; token: string }>('gotify_client', 'widget', { name: 'Widget' });
  const clients = resourceBlock<{ token: string }>('gotify_client', 'widgets', {
    for_each: ['a'],
    name: 'Widget',
  });
  const login = dataBlock<Login>('onepassword_item', 'login', { vault: 'v', title: 't' });
  const once = ephemeralBlock<Login>('onepassword_item', 'once', { vault: 'v', title: 't' });
  const machine = resourceBlock<Machine>('talos_machine_secrets', 'cluster', {});
  const named = locals({
    url: tf`http://gotify/${client.ref.token}`,
    name: 'gotify',
    nested: { a: { token: client.ref.token } },
  });

  const all = [root, token, plain, client, clients, login, once, machine, named];
  const check = (...blocks: Block[]) =>
    complaints(noLeakedSecrets, ...exampleHome({ app: [...all, ...blocks] }));
  const config = (text: unknown) => resourceBlock('kubernetes_config_map_v1', 'a', { data: { text } });
  const secret = (given: object) => resourceBlock('kubernetes_secret_v1', 'a', given);
  const toSecret = 'Put it into a Secret, and name the Secret here.';
  const toWriteOnly = 'Put it into a write-only argument, such as data_wo of a Secret.';

  describe('what is secret may stand in', () => {
    it.each<[string, Block]>([
      ['a Secret', secret({ data: { a: client.ref.token } })],
      ['a Secret, inside other text', secret({ data: { a: tf`http://gotify/${client.ref.token}` } })],
      [
        'a write-only argument',
        secret({ data_wo: { a: client.ref.token, b: root.ref, c: once.ref.password } }),
      ],
      [
        'a provider’s configuration',
        provider('gotify', { endpoint: tf`http://${root.ref}`, password: once.ref.password }),
      ],
      ['a local value', locals({ a: client.ref.token, b: root.ref })],
      ['a block that is gone after the run', ephemeralBlock('onepassword_item', 'a', { vault: root.ref })],
      ['an output that is called sensitive', output('a', client.ref.token, { sensitive: true })],
      [
        'what a module is given',
        module('a', { source: './a', token: token.ref, login: { root: root.ref, once: once.ref.password } }),
      ],
      [
        'a condition',
        output('a', 1, {
          precondition: [{ condition: raw('', client.ref.token, ' != ""'), error_message: 'Empty.' }],
        }),
      ],
      [
        'a check',
        checkBlock('a', [{ condition: raw('', client.ref.token, ' != ""'), error_message: 'Empty.' }]),
      ],
      [
        'an argument that is a secret further in',
        resourceBlock('talos_machine_bootstrap', 'a', {
          client_configuration: machine.ref.client_configuration,
        }),
      ],
      [
        'that argument alone',
        resourceBlock('talos_machine_bootstrap', 'a', {
          client_configuration: { client_key: machine.ref.client_configuration.client_key },
        }),
      ],
      [
        'a machine’s configuration',
        dataBlock('talos_machine_configuration', 'a', {
          config_patches: [tf`privateKey: ${token.ref}`, jsonencode({ privateKey: token.ref })],
        }),
      ],
      [
        'nothing that is stored',
        resourceBlock('terraform_data', 'a', {
          depends_on: [client],
          lifecycle: { replace_triggered_by: [client.ref.token] },
        }),
      ],
    ])('%s', (_, given) => {
      expect(check(given)).toEqual([]);
    });
  });

  it.each<[string, unknown]>([
    ['an attribute that is no secret', client.ref.id],
    ['an item’s other attributes', login.ref.username],
    ['a label in a section with secrets', login.ref.section[0]?.label],
    ['a variable that is no secret', plain.ref],
    ['a local value that is no secret', named.ref.name],
    ['a part of an object whose other part is secret', machine.ref.client_configuration.ca_certificate],
    ['text that looks like a reference', 'gotify_client.widget.token'],
  ])('lets %s stand anywhere', (_, value) => {
    expect(check(config(value))).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['itself', client.ref.token, 'gotify_client.widget.token'],
    ['a template', tf`Token ${client.ref.token}`, 'gotify_client.widget.token'],
    ['a function', jsonencode({ a: [client.ref.token] }), 'gotify_client.widget.token'],
    ['a hash', sha256(client.ref.token), 'gotify_client.widget.token'],
    [
      'a hash that is no secret to Terraform',
      nonsensitive(sha256(tf`${client.ref.token}`)),
      'gotify_client.widget.token',
    ],
    ['source text', raw('gotify_client.widget.token'), 'gotify_client.widget.token'],
    ['source text in other text', raw('upper("${var.token}")'), 'var.token'],
    ['one instance of several', instance(clients, 'a').token, 'gotify_client.widgets["a"].token'],
    ['a data source', login.ref.password, 'data.onepassword_item.login.password'],
    [
      'a part of a section',
      login.ref.section[0]?.field[1]?.value,
      'data.onepassword_item.login.section[0].field[1].value',
    ],
    [
      'a whole section',
      jsonencode(login.ref.section),
      'data.onepassword_item.login.section[*].field[*].value',
    ],
    ['a sensitive variable', token.ref, 'var.token'],
    ['a local value', named.ref.url, 'gotify_client.widget.token'],
    ['a part of a local value', named.ref.nested.a, 'gotify_client.widget.token'],
    ['a local value in source text', raw('local.nested.a.token'), 'gotify_client.widget.token'],
    [
      'an object that has one further in',
      jsonencode(machine.ref.client_configuration),
      'talos_machine_secrets.cluster.client_configuration.client_key',
    ],
  ])('refuses to put a secret into a ConfigMap: %s', (_, value, source) => {
    expect(check(config(value))).toEqual([
      `apps/workloads/app: kubernetes_config_map_v1.a: data.text: must not be built from ${source}, which is secret. ${toSecret}`,
    ]);
  });

  it.each<[string, Block, string]>([
    [
      'an annotation',
      resourceBlock('kubernetes_config_map_v1', 'a', { metadata: { annotations: { a: client.ref.token } } }),
      'kubernetes_config_map_v1.a: metadata.annotations.a',
    ],
    [
      'the name of a Secret',
      secret({ metadata: { name: client.ref.token } }),
      'kubernetes_secret_v1.a: metadata.name',
    ],
    [
      'a container’s environment',
      makesPods('a', {
        podSpec: { container: [container({ env: [{ name: 'A', value: client.ref.token }] })] },
      }),
      'kubernetes_deployment_v1.a: spec.template.spec.container[0].env[0].value',
    ],
    [
      'a container’s arguments',
      makesPods('a', { podSpec: { container: [container({ args: ['--token', client.ref.token] })] } }),
      'kubernetes_deployment_v1.a: spec.template.spec.container[0].args[1]',
    ],
    [
      'what Terraform makes',
      makesPods('a', {
        podSpec: {
          container: [container({ env: [dynamicBlock('e', ['a'], () => ({ value: client.ref.token }))] })],
        },
      }),
      'kubernetes_deployment_v1.a: spec.template.spec.container[0].env[0].value',
    ],
    ['an output', output('a', client.ref.token), 'output.a: value'],
    [
      'the number of instances',
      resourceBlock('terraform_data', 'a', { for_each: client.ref.token }),
      'terraform_data.a: for_each',
    ],
    [
      'a message',
      output('a', 1, { precondition: [{ condition: true, error_message: client.ref.token }] }),
      'output.a: precondition[0].error_message',
    ],
    [
      'the number of modules',
      module('a', { source: './a', count: raw('length(', client.ref.token, ')') }),
      'module.a: count',
    ],
  ])('refuses to put a secret into %s', (_, given, where) => {
    expect(check(given)).toEqual([
      `apps/workloads/app: ${where}: must not be built from gotify_client.widget.token, which is secret. ${toSecret}`,
    ]);
  });

  it('refuses to keep what is ephemeral, even where it would be hidden', () => {
    const line = (where: string, source: string) =>
      `apps/workloads/app: ${where}: must not be built from ${source}, which is ephemeral. ${toWriteOnly}`;
    expect(check(secret({ data: { a: sha256(tf`${root.ref}/app`) } }))).toEqual([
      line('kubernetes_secret_v1.a: data.a', 'var.root'),
    ]);
    expect(check(config(once.ref.username))).toEqual([
      line('kubernetes_config_map_v1.a: data.text', 'ephemeral.onepassword_item.once.username'),
    ]);
    expect(check(output('a', root.ref, { sensitive: true }))).toEqual([line('output.a: value', 'var.root')]);
    const machine = dataBlock('talos_machine_configuration', 'a', { config_patches: [jsonencode(root.ref)] });
    expect(check(machine)).toEqual([line(`data.${machine.type}.a: config_patches[0]`, 'var.root')]);
  });

  it('looks for addresses in source text only in the stack itself', () => {
    const home = [
      ...exampleHome({ notifications: [client] }, 'integrations'),
      ...exampleHome({ app: [config(raw('gotify_client.widget.token'))] }),
    ];
    expect(complaints(noLeakedSecrets, ...home)).toEqual([]);
  });
});

describe('noSecretsAcrossStacks', () => {
  const bucket = resourceBlock<{ arn: string; bucket: string }>('minio_s3_bucket', 'replica', {
    bucket: 'replica',
  });
  const client = resourceBlock<{ token: string }>('gotify_client', 'widget', { name: 'Widget' });
  const arn = output('arn', bucket.ref.arn);
  const token = output('token', client.ref.token, { sensitive: true });

  const check = (platform: readonly Block[], app: Block) =>
    complaints(
      noSecretsAcrossStacks,
      ...exampleHome({ replication: [bucket, client, ...platform] }, 'platform'),
      ...exampleHome({ app: [app] }),
    );
  const config = (text: unknown) => resourceBlock('kubernetes_config_map_v1', 'a', { data: { text } });
  const refusal = (name: string) =>
    `apps/platform/replication: output.${name}: must not be secret, since apps/workloads/app reads the stack platform and ` +
    'gets a copy of all its outputs. Put the secret into a Secret, and name it where it is needed.';

  it.each<[string, readonly Block[], Block]>([
    ['outputs that are no secrets', [arn], config(bucket.ref.arn)],
    ['a secret output that no other stack could copy', [arn, token], config('text')],
    ['a name that is known without asking Terraform', [token], config(tf`${bucket.ref.bucket}/a`)],
    ['a variable that stacks share', [token], config(variable<string>('zone').ref)],
    ['a dependency', [token], resourceBlock('terraform_data', 'a', { depends_on: [bucket] })],
  ])('accepts %s', (_, platform, app) => {
    expect(check(platform, app)).toEqual([]);
  });

  it.each<[string, Block]>([
    ['another output', config(bucket.ref.arn)],
    ['an output itself', config(arn.ref)],
    ['an output in a template', config(tf`arn: ${bucket.ref.arn}`)],
    ['an output in a function', config(jsonencode({ a: [bucket.ref.arn] }))],
    ['the secret itself', config(token.ref)],
  ])('refuses a secret output of a stack of which another one reads %s', (_, app) => {
    expect(check([arn, token], app)).toEqual([refusal('token')]);
  });

  it('knows a secret by what it is made of too', () => {
    const hidden = output('hidden', tf`http://gotify/${client.ref.token}`);
    expect(check([arn, hidden], config(bucket.ref.arn))).toEqual([refusal('hidden')]);
  });

  it('finds what is read by way of another argument', () => {
    const through = resourceBlock<{ note: string }>('terraform_data', 'a', {
      input: bucket.ref.arn,
      note: bucket.ref.arn,
    });
    expect(check([arn, token, through], config(through.ref.note))).toEqual([refusal('token')]);
    expect(check([arn, token], dataBlock('kubernetes_resources', 'a', { kind: arn.ref }))).toEqual([
      refusal('token'),
    ]);
  });
});
