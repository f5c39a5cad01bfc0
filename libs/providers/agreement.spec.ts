import { type Block, OwnedBlocks, dynamicBlock, formatProblem, raw, render, tf } from '@home/terraform';
import { checkFile, data, ephemeral, provider, resource } from '.';

// What the compiler refuses, ajv refuses too: each mistake below is marked for the one and has the other's message.

const namespace = resource('kubernetes_namespace_v1', 'apps', { metadata: { name: 'apps' } });
const secrets = resource('talos_machine_secrets', 'home', {});
const password = resource('kubernetes_secret_v1', 'login', {
  metadata: { name: 'login' },
  data_wo_revision: 1,
});

const service = (spec: Parameters<typeof resource<'kubernetes_service_v1'>>[2]['spec']) =>
  resource('kubernetes_service_v1', 'web', { metadata: { name: 'web' }, spec });

const plain = resource('kubernetes_service_v1', 'plain', { metadata: { name: 'plain' }, spec: {} });

const mistakes: Record<string, { block: Block; message: string }> = {
  'a number where a string belongs': {
    // @ts-expect-error: the cluster's address is text
    block: service({ cluster_ip: 10 }),
    message: 'kubernetes_service_v1.web: spec.cluster_ip: must be a string, but is 10. Write "10".',
  },
  'a string where a number belongs': {
    // @ts-expect-error: a port is a number
    block: service({ port: [{ port: '80' }] }),
    message:
      'kubernetes_service_v1.web: spec.port[0].port: must be a number, but is "80". ' +
      'Remove the quotes, or write one ${…}.',
  },
  'a string where a list belongs': {
    // @ts-expect-error: several addresses are a list
    block: service({ external_ips: '10.0.0.1' }),
    message:
      'kubernetes_service_v1.web: spec.external_ips: must be a list, but is "10.0.0.1". ' +
      'Write ["10.0.0.1"], or write one ${…}.',
  },
  'a string where labels belong': {
    // @ts-expect-error: labels have names
    block: service({ selector: 'web' }),
    message:
      'kubernetes_service_v1.web: spec.selector: must be a map, but is "web". Write { … }, or write one ${…}.',
  },
  'a string where a number belongs, through a reference': {
    // @ts-expect-error: a name is text
    block: service({ port: [{ port: namespace.ref.metadata[0].name }] }),
    message:
      'kubernetes_service_v1.web: spec.port[0].port: must be a number, ' +
      'but kubernetes_namespace_v1.apps.metadata[0].name is a string. Refer to an attribute of that type.',
  },
  'a list where a string belongs, through a reference': {
    // @ts-expect-error: all of metadata is no text
    block: service({ cluster_ip: namespace.ref.metadata }),
    message:
      'kubernetes_service_v1.web: spec.cluster_ip: must be a string, ' +
      'but kubernetes_namespace_v1.apps.metadata is a list. Refer to an attribute of that type.',
  },
  'a list with an item of another type': {
    // @ts-expect-error: addresses are text
    block: service({ external_ips: ['10.0.0.1', 2] }),
    message: 'kubernetes_service_v1.web: spec.external_ips[1]: must be a string, but is 2. Write "2".',
  },
  'null instead of nothing': {
    // @ts-expect-error: what is not wanted is left out
    block: service({ cluster_ip: null }),
    message: 'kubernetes_service_v1.web: spec.cluster_ip: must be a string, but is null. Leave it out.',
  },
  'a missing argument': {
    // @ts-expect-error: a port needs its number
    block: service({ port: [{ name: 'web' }] }),
    message: 'kubernetes_service_v1.web: spec.port[0].port: must be given. Add it.',
  },
  'a missing block': {
    // @ts-expect-error: every object has metadata
    block: resource('kubernetes_namespace_v1', 'apps', {}),
    message: 'kubernetes_namespace_v1.apps: metadata: must be given. Add it.',
  },
  'a name that does not exist': {
    // @ts-expect-error: letters are swapped
    block: service({ slector: {} }),
    message:
      'kubernetes_service_v1.web: spec.slector: must be a name that the schema knows. Did you mean selector?',
  },
  'an attribute that does not exist, through a reference': {
    // @ts-expect-error: letters are swapped
    block: service({ cluster_ip: namespace.ref.metadata[0].nmae }),
    message:
      'kubernetes_service_v1.web: spec.cluster_ip: must read an attribute that exists, ' +
      'but kubernetes_namespace_v1.apps.metadata[0].nmae has no nmae. Did you mean name?',
  },
  'an attribute that is never kept, through a reference': {
    // @ts-expect-error: what is write-only cannot be read
    block: service({ selector: password.ref.data_wo }),
    message:
      'kubernetes_service_v1.web: spec.selector: must not read kubernetes_secret_v1.login.data_wo, ' +
      'which is write-only. Read what was written there instead.',
  },
  'an attribute that the provider computes': {
    // @ts-expect-error: the cluster makes the uid
    block: resource('kubernetes_namespace_v1', 'apps', { metadata: { name: 'apps', uid: '1' } }),
    message:
      'kubernetes_namespace_v1.apps: metadata.uid: must not be set, because the provider computes it. Leave it out.',
  },
  'the id that the provider SDK adds': {
    // @ts-expect-error: the SDK refuses it though its schema calls it optional
    block: resource('minio_iam_policy', 'replicate', { policy: '{}', id: 'x' }),
    message:
      'minio_iam_policy.replicate: id: must not be set, because the provider computes it. Leave it out.',
  },
  'a block too many': {
    // @ts-expect-error: metadata stands there once
    block: resource('kubernetes_namespace_v1', 'apps', { metadata: [{ name: 'apps' }, { name: 'infra' }] }),
    message:
      'kubernetes_namespace_v1.apps: metadata: must be one block, but is [{"name":"apps"},{"name":"infra"}]. ' +
      'Write { … }, without a list around it.',
  },
  'one block where several may be': {
    // @ts-expect-error: there may be several ports
    block: service({ port: { port: 80 } }),
    message:
      'kubernetes_service_v1.web: spec.port: must be a list of blocks, but is {"port":80}. ' +
      'Write [{ … }], with a list around it.',
  },
  'a mistake in a dynamic block': {
    // @ts-expect-error: a port is a number
    block: service({ port: [dynamicBlock('entry', ['a'], () => ({ port: true }))] }),
    message:
      'kubernetes_service_v1.web: spec.dynamic.port[0].content.port: must be a number, but is true. Correct it.',
  },
  'an object of attributes with one missing': {
    block: data('talos_client_configuration', 'home', {
      cluster_name: 'home',
      // @ts-expect-error: the key is missing
      client_configuration: { ca_certificate: 'a', client_certificate: 'b' },
    }),
    message: 'data.talos_client_configuration.home: client_configuration.client_key: must be given. Add it.',
  },
  'an object with other attributes, through a reference': {
    block: data('talos_client_configuration', 'home', {
      cluster_name: 'home',
      // @ts-expect-error: these are other secrets
      client_configuration: secrets.ref.machine_secrets,
    }),
    message:
      'data.talos_client_configuration.home: client_configuration: must be an object, ' +
      'but talos_machine_secrets.home.machine_secrets is an object of another type. Refer to an attribute of that type.',
  },
  'a meta-argument that does not exist': {
    // @ts-expect-error: letters are swapped
    block: resource('gotify_client', 'a', { name: 'a', lifecycle: { prevent_destory: true } }),
    message:
      'gotify_client.a: lifecycle.prevent_destory: must be a name that the schema knows. Did you mean prevent_destroy?',
  },
  'a meta-argument of another type': {
    // @ts-expect-error: a count is a number
    block: resource('gotify_client', 'a', { name: 'a', count: true }),
    message: 'gotify_client.a: count: must be a number, but is true. Correct it.',
  },
  'a type that is not wanted': {
    // @ts-expect-error: it is kubernetes_service_v1
    block: resource('kubernetes_services_v1', 'web', { metadata: {} }),
    message:
      'kubernetes_services_v1.web: must be of a type in libs/providers/manifest.ts, ' +
      'which has no kubernetes_services_v1. Did you mean kubernetes_service_v1? If not, add it there and run npm run sync-schemas.',
  },
  'an ephemeral resource with a name that does not exist': {
    // @ts-expect-error: an item is found by its title or uuid
    block: ephemeral('onepassword_item', 'login', { vault: 'home', titel: 'JDownloader' }),
    message:
      'ephemeral.onepassword_item.login: titel: must be a name that the schema knows. Did you mean title?',
  },
  'a provider configuration with a name that does not exist': {
    // @ts-expect-error: it is config_context
    block: provider('kubernetes', { config_contxt: 'admin@home' }),
    message:
      'provider.kubernetes: config_contxt: must be a name that the schema knows. Did you mean config_context?',
  },
};

test.each(Object.entries(mistakes))('ajv refuses %s as the compiler does', (_, { block, message }) => {
  expect(problemsOf(block)).toEqual([`apps/workloads/web: ${message}`]);
});

const correct: Record<string, Block> = {
  'an expression in the place of a number': service({ port: [{ port: raw<number>('1 + 1') }] }),
  'a reference of the right type': service({ port: [{ port: plain.ref.spec[0].port[0].port }] }),
  'a number in a template': service({ cluster_ip: tf`${plain.ref.spec[0].port[0].port}` }),
  'a required block from a dynamic one': resource('kubernetes_namespace_v1', 'apps', {
    metadata: dynamicBlock('entry', { a: 'b' }, (entry) => ({ name: entry.value })),
  }),
  'an object by reference': data('talos_client_configuration', 'home', {
    cluster_name: 'home',
    client_configuration: secrets.ref.client_configuration,
  }),
  'an object of attributes by reference': data('talos_machine_configuration', 'home', {
    cluster_name: 'home',
    cluster_endpoint: 'https://192.168.107.3:6443',
    machine_type: 'controlplane',
    machine_secrets: secrets.ref.machine_secrets,
  }),
  'a map by reference': service({ selector: namespace.ref.metadata[0].labels }),
  'meta-arguments': resource('gotify_client', 'a', {
    name: 'a',
    for_each: { one: 1 },
    depends_on: [namespace],
    provider: provider('gotify', { alias: 'second' }),
    lifecycle: {
      ignore_changes: ['name'],
      replace_triggered_by: [namespace.ref.id],
      precondition: [{ condition: raw<boolean>('1 < 2'), error_message: 'One is less than two.' }],
    },
  }),
};

test.each(Object.entries(correct))('takes %s as the compiler does', (_, block) => {
  expect(problemsOf(block)).toEqual([]);
});

function problemsOf(block: Block): string[] {
  const owner = { stack: 'workloads', workload: 'web', where: 'apps/workloads/web' };
  const read = [namespace, secrets, password, plain].filter((other) => other !== block);
  const home = new OwnedBlocks([block, ...read].map((each) => ({ owner, block: each })));
  const { json, problems } = render([block], owner, home);
  return [...problems, ...checkFile(json, owner.where)].map(formatProblem);
}
