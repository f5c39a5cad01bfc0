import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';
import {
  type Block,
  attempt,
  block,
  check,
  count,
  dataBlock,
  dynamicBlock,
  each,
  ephemeralBlock,
  importInto,
  instance,
  locals,
  module,
  moved,
  output,
  path,
  providerBlock,
  raw,
  removed,
  resourceBlock,
  self,
  sha256,
  terraform,
  tf,
  variable,
} from '..';
import { jsonOf, renderApp } from './example-stacks';

/** Blocks, and the JSON that they are rendered as. */
interface Example {
  readonly name: string;
  readonly blocks: readonly Block[];
  readonly json: object;
  /** Whether Terraform can check it with nothing but the provider that it brings along. */
  readonly builtIn: boolean;
}

interface Data {
  readonly id: string;
  readonly input: string;
  readonly output: string;
}
const data = (label: string, given: object = {}): Block<Data> =>
  resourceBlock<Data>('terraform_data', label, given);
const a = data('a', { input: 'x' });
const aJson = { a: { input: 'x' } };
const eastern = { alias: 'east', config_context: 'east' };
const east = providerBlock('kubernetes', eastern);
const numbered = data('numbered', { count: 2, input: tf`n${count.index}` });
const { key, value } = each<string>();
const keyed = data('keyed', { for_each: { a: 1, 'a b': '${x}' }, input: tf`${key}=${value}` });
const scoped = dataBlock<{ outputs: { a: string } }>('terraform_remote_state', 'own', {
  backend: 'local',
  config: { path: '/nowhere' },
});
const imported = data('i');
const named = locals({ a: 1, b: { c: [tf`${a.ref.id}!`] } });
const zone = variable<string>('zone', {
  type: 'string',
  description: 'A ${literal} text',
  default: '${x}',
  sensitive: true,
  nullable: false,
  validation: (value) => [{ condition: raw('', value, ' != ""'), error_message: 'Not ${empty}.' }],
});
const zoneJson = {
  type: 'string',
  description: 'A ${literal} text',
  default: '${x}',
  sensitive: true,
  nullable: false,
  validation: [{ condition: '${var.zone != ""}', error_message: 'Not $${empty}.' }],
};
const root = variable<string>('root', { type: 'string', default: 'r', ephemeral: true });

/** Every kind of block, and everything that Terraform itself defines in them. */
const examples: readonly Example[] = [
  { name: 'a resource', blocks: [a], json: { resource: { terraform_data: aJson } }, builtIn: true },
  {
    name: 'two resources of one type',
    blocks: [a, data('b', { input: a.ref.output })],
    json: { resource: { terraform_data: { ...aJson, b: { input: '${terraform_data.a.output}' } } } },
    builtIn: true,
  },
  {
    name: 'dependencies',
    blocks: [a, data('b', { depends_on: [a, a.ref] })],
    json: {
      resource: { terraform_data: { ...aJson, b: { depends_on: ['terraform_data.a', 'terraform_data.a'] } } },
    },
    builtIn: true,
  },
  {
    name: 'lifecycle',
    blocks: [
      a,
      data('b', {
        input: 'y',
        lifecycle: {
          create_before_destroy: true,
          prevent_destroy: false,
          ignore_changes: ['input'],
          replace_triggered_by: [a, a.ref.id],
          precondition: [{ condition: raw('', a.ref.input, ' == "x"'), error_message: 'Not ${x}.' }],
          postcondition: [
            { condition: raw('', self<Data>().output, ' == "y"'), error_message: tf`Not ${a.ref.id}.` },
          ],
        },
      }),
      data('c', { lifecycle: { ignore_changes: 'all' } }),
    ],
    json: {
      resource: {
        terraform_data: {
          ...aJson,
          b: {
            input: 'y',
            lifecycle: {
              create_before_destroy: true,
              prevent_destroy: false,
              ignore_changes: ['input'],
              replace_triggered_by: ['terraform_data.a', 'terraform_data.a.id'],
              precondition: [{ condition: '${terraform_data.a.input == "x"}', error_message: 'Not $${x}.' }],
              postcondition: [
                { condition: '${self.output == "y"}', error_message: 'Not ${terraform_data.a.id}.' },
              ],
            },
          },
          c: { lifecycle: { ignore_changes: 'all' } },
        },
      },
    },
    builtIn: true,
  },
  {
    name: 'several instances of a resource, and references to one of them',
    blocks: [
      numbered,
      keyed,
      output('numbered', instance(numbered, 1).output),
      output('keyed', [instance(keyed, 'a').output, instance(keyed, 'a b').output]),
    ],
    json: {
      resource: {
        terraform_data: {
          numbered: { count: 2, input: 'n${count.index}' },
          keyed: { for_each: { a: 1, 'a b': '$${x}' }, input: '${each.key}=${each.value}' },
        },
      },
      output: {
        numbered: { value: '${terraform_data.numbered[1].output}' },
        keyed: { value: ['${terraform_data.keyed["a"].output}', '${terraform_data.keyed["a b"].output}'] },
      },
    },
    builtIn: true,
  },
  {
    name: 'former labels',
    blocks: [data('c', { formerly: ['a', 'b'], input: 1 }), data('e', { formerly: 'd' })],
    json: {
      resource: { terraform_data: { c: { input: 1 }, e: {} } },
      moved: [
        { from: 'terraform_data.a', to: 'terraform_data.b' },
        { from: 'terraform_data.b', to: 'terraform_data.c' },
        { from: 'terraform_data.d', to: 'terraform_data.e' },
      ],
    },
    builtIn: true,
  },
  {
    name: 'moved, removed and import',
    blocks: [
      a,
      moved('terraform_data.old', a),
      removed('terraform_data.gone', false),
      importInto(imported, 'an-id'),
      imported,
    ],
    json: {
      resource: { terraform_data: { ...aJson, i: {} } },
      moved: [{ from: 'terraform_data.old', to: 'terraform_data.a' }],
      removed: [{ from: 'terraform_data.gone', lifecycle: { destroy: false } }],
      import: [{ to: 'terraform_data.i', id: 'an-id' }],
    },
    builtIn: true,
  },
  {
    name: 'a data source, and a check with its own',
    blocks: [
      dataBlock('terraform_remote_state', 'other', {
        backend: 'local',
        config: { path: '/nowhere' },
        defaults: { a: '${x}' },
      }),
      check(
        'state',
        [{ condition: raw('', scoped.ref.outputs.a, ' == "b"'), error_message: 'Not ${b}.' }],
        scoped,
      ),
    ],
    json: {
      data: {
        terraform_remote_state: {
          other: { backend: 'local', config: { path: '/nowhere' }, defaults: { a: '$${x}' } },
        },
      },
      check: {
        state: {
          assert: [
            { condition: '${data.terraform_remote_state.own.outputs.a == "b"}', error_message: 'Not $${b}.' },
          ],
          data: { terraform_remote_state: { own: { backend: 'local', config: { path: '/nowhere' } } } },
        },
      },
    },
    builtIn: true,
  },
  {
    name: 'variables',
    blocks: [zone, root, variable('any')],
    json: {
      variable: {
        zone: zoneJson,
        root: { type: 'string', default: 'r', ephemeral: true },
        any: {},
      },
    },
    builtIn: true,
  },
  {
    name: 'outputs',
    blocks: [
      a,
      zone,
      output('plain', { list: [a.ref.id], 'odd key ${': 1 }, { description: '${literal}' }),
      output('hidden', zone.ref, { sensitive: true, depends_on: [a] }),
      output('sure', attempt(a.ref.input, 'none'), {
        precondition: [{ condition: raw('', a.ref.input, ' != ""'), error_message: 'Empty.' }],
      }),
      output('names', [path.module, terraform.workspace]),
    ],
    json: {
      resource: { terraform_data: aJson },
      variable: { zone: zoneJson },
      output: {
        plain: { value: { list: ['${terraform_data.a.id}'], 'odd key $${': 1 }, description: '${literal}' },
        hidden: { value: '${var.zone}', sensitive: true, depends_on: ['terraform_data.a'] },
        sure: {
          value: '${try(terraform_data.a.input, "none")}',
          precondition: [{ condition: '${terraform_data.a.input != ""}', error_message: 'Empty.' }],
        },
        names: { value: ['${path.module}', '${terraform.workspace}'] },
      },
    },
    builtIn: true,
  },
  {
    name: 'local values, of several blocks',
    blocks: [a, named, locals({ d: named.ref.b.c[0], __proto__x: sha256('a'), constructor: 1 })],
    json: {
      resource: { terraform_data: aJson },
      locals: {
        a: 1,
        b: { c: ['${terraform_data.a.id}!'] },
        d: '${local.b.c[0]}',
        __proto__x: '${sha256("a")}',
        constructor: 1,
      },
    },
    builtIn: true,
  },
  {
    name: 'the terraform block',
    blocks: [
      block('terraform', '', '', {
        required_version: '>= 1.11.0',
        backend: { local: { path: '${x}.tfstate' } },
      }),
    ],
    json: { terraform: { required_version: '>= 1.11.0', backend: { local: { path: '${x}.tfstate' } } } },
    builtIn: true,
  },
  {
    name: 'providers, with and without an alias',
    blocks: [
      providerBlock('kubernetes', {}),
      east,
      resourceBlock('kubernetes_namespace_v1', 'a', { provider: east, metadata: { name: 'a' } }),
      module('m', { source: './${m}', version: '1.0.0', providers: { kubernetes: east }, name: '${x}' }),
    ],
    json: {
      provider: { kubernetes: [{}, eastern] },
      resource: { kubernetes_namespace_v1: { a: { provider: 'kubernetes.east', metadata: { name: 'a' } } } },
      module: {
        m: {
          source: './${m}',
          version: '1.0.0',
          providers: { kubernetes: 'kubernetes.east' },
          name: '$${x}',
        },
      },
    },
    builtIn: false,
  },
  {
    name: 'an ephemeral resource, and what keeps nothing',
    blocks: [
      ephemeralBlock('random_password', 'p', { length: 8 }),
      resourceBlock('kubernetes_secret_v1', 's', {
        metadata: { name: 's' },
        data_wo: { p: raw('ephemeral.random_password.p.result') },
        timeouts: {},
      }),
    ],
    json: {
      ephemeral: { random_password: { p: { length: 8 } } },
      resource: {
        kubernetes_secret_v1: {
          s: {
            metadata: { name: 's' },
            data_wo: { p: '${ephemeral.random_password.p.result}' },
            timeouts: {},
          },
        },
      },
    },
    builtIn: false,
  },
  {
    name: 'dynamic blocks, beside others and inside others',
    blocks: [
      resourceBlock('kubernetes_deployment_v1', 'd', {
        metadata: { name: 'd' },
        spec: {
          strategy: dynamicBlock('kind', ['Recreate'], (kind) => ({ type: kind.value })),
          template: {
            metadata: {},
            spec: {
              container: [
                {
                  name: 'one',
                  env: [
                    { name: 'A' },
                    dynamicBlock('entry', { B: '${b}' }, (entry) => ({
                      name: entry.key,
                      value: entry.value,
                    })),
                  ],
                },
              ],
              volume: [dynamicBlock('v', raw<string[]>('toset(["a"])'), (v) => ({ name: v.value }))],
            },
          },
        },
      }),
    ],
    json: {
      resource: {
        kubernetes_deployment_v1: {
          d: {
            metadata: { name: 'd' },
            spec: {
              dynamic: {
                strategy: [{ for_each: ['Recreate'], iterator: 'kind', content: { type: '${kind.value}' } }],
              },
              template: {
                metadata: {},
                spec: {
                  container: [
                    {
                      name: 'one',
                      dynamic: {
                        env: [
                          {
                            for_each: { B: '$${b}' },
                            iterator: 'entry',
                            content: { name: '${entry.key}', value: '${entry.value}' },
                          },
                        ],
                      },
                      env: [{ name: 'A' }],
                    },
                  ],
                  dynamic: {
                    volume: [{ for_each: '${toset(["a"])}', iterator: 'v', content: { name: '${v.value}' } }],
                  },
                },
              },
            },
          },
        },
      },
    },
    builtIn: false,
  },
];

it.each(examples.map((example) => [example.name, example] as const))('renders %s', (_, { blocks, json }) => {
  expect(jsonOf(...blocks)).toEqual(json);
});

it('gives equal bytes for equal blocks', () => {
  for (const { blocks } of examples) {
    expect(JSON.stringify(renderApp(blocks).json)).toBe(JSON.stringify(renderApp(blocks).json));
  }
});

const isThere = spawnSync('terraform', ['version']).status === 0;
const withTerraform = isThere ? it : it.skip;
if (!isThere) console.warn('SKIPPED: every kind of block in the terraform binary, which is not on the PATH.');

let folder = '';
beforeEach(() => {
  folder = makeTemporaryFolder();
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(blocks: readonly Block[]): void {
  const { json, problems } = renderApp(blocks);
  expect(problems).toEqual([]);
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(json));
}

const runTerraform = (...args: string[]): string =>
  execFileSync('terraform', [`-chdir=${folder}`, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

function outputs(): Record<string, unknown> {
  const all = JSON.parse(runTerraform('output', '-json')) as Record<string, { value: unknown }>;
  return Object.fromEntries(Object.entries(all).map(([name, { value }]) => [name, value]));
}

describe('Terraform', () => {
  const builtIn = examples.filter((example) => example.builtIn);
  withTerraform.each(builtIn.map((example) => [example.name, example] as const))(
    'accepts %s',
    (_, { blocks }) => {
      write(blocks);
      const { stdout } = spawnSync('terraform', [`-chdir=${folder}`, 'validate', '-json'], {
        encoding: 'utf8',
      });
      expect(JSON.parse(stdout)).toMatchObject({ valid: true, diagnostics: [] });
    },
    30_000,
  );

  withTerraform(
    'moves an object through all its former labels',
    () => {
      const oldest = data('a', { input: 'x' });
      write([oldest, output('id', oldest.ref.id)]);
      runTerraform('apply', '-auto-approve');
      const { id } = outputs();
      for (const formerly of [['a'], ['a', 'b'], ['a', 'b', 'c']]) {
        const block = data(`now-${formerly.length}`, {
          input: 'x',
          formerly: [...formerly, ...renamed(formerly.length)],
        });
        write([block, output('id', block.ref.id)]);
        runTerraform('apply', '-auto-approve');
        expect(outputs()['id']).toBe(id);
      }

      /** The labels that this test gave it before. */
      function renamed(times: number): string[] {
        return Array.from({ length: times - 1 }, (_, index) => `now-${index + 1}`);
      }
    },
    60_000,
  );

  withTerraform(
    'reads the instances that references lead to',
    () => {
      const keyed = data('keyed', { for_each: { a: '1', 'a "b" ${c}': '2' }, input: 'same' });
      const numbered = data('numbered', { count: 2, input: 'same' });
      const read = [
        instance(keyed, 'a').output,
        instance(keyed, 'a "b" ${c}').output,
        instance(numbered, 1).output,
      ];
      write([keyed, numbered, output('read', read)]);
      runTerraform('apply', '-auto-approve');
      expect(outputs()['read']).toEqual(['same', 'same', 'same']);
    },
    60_000,
  );
});
