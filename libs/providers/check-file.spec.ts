import { type TfJson, formatProblem } from '@home/terraform';
import { checkFile } from './check-file';

const cases: { name: string; in: TfJson; declared?: string[]; out: string[] }[] = [
  {
    name: 'takes a file of every kind of block',
    in: {
      '//': ['Generated.'],
      terraform: {
        required_version: '>= 1.11',
        required_providers: { gotify: { source: 'LukasKnuth/gotify', version: '0.3.0' } },
        backend: { local: { path: 'x' } },
      },
      provider: { gotify: [{ endpoint: 'http://a' }, { alias: 'b', endpoint: 'http://b' }] },
      resource: {
        gotify_client: { a: { name: 'a', provider: 'gotify.b' } },
        terraform_data: { x: { input: 1 } },
      },
      data: { terraform_remote_state: { cluster: { backend: 'local', config: { path: 'x' } } } },
      variable: { v: { type: 'string', validation: [{ condition: '${1 < 2}', error_message: 'No.' }] } },
      output: { o: { value: '${gotify_client.a.id}', sensitive: true } },
      locals: { a: 1 },
      module: { m: { source: './m', anything: true } },
      check: {
        c: {
          assert: [{ condition: true, error_message: 'No.' }],
          data: { healthchecksio_channel: { mail: { kind: 'email' } } },
        },
      },
      moved: [{ from: 'a.b', to: 'a.c' }],
      removed: [{ from: 'a.b', lifecycle: { destroy: false } }],
      import: [{ to: 'a.b', id: 'x' }],
    },
    declared: ['gotify'],
    out: [],
  },
  {
    name: 'refuses a kind of block that Terraform does not have',
    in: { resources: {} },
    out: ['a.tf.json: resources: must be a kind of block that Terraform knows. Did you mean resource?'],
  },
  {
    name: 'refuses unknown arguments of Terraform’s own blocks',
    in: {
      output: { o: { value: 1, descripton: 'x' } },
      variable: { v: { sensitive: 'yes' } },
      moved: [{ from: 'a.b' }],
    },
    out: [
      'a.tf.json: moved: to: must be given. Add it.',
      'a.tf.json: output.o: descripton: must be a name that the schema knows. Did you mean description?',
      'a.tf.json: variable.v: sensitive: must be true or false, but is "yes". Correct it.',
    ],
  },
  {
    name: 'checks the data source in a check',
    in: {
      check: {
        c: { assert: [{ condition: true, error_message: 'x' }], data: { healthchecksio_channel: { a: {} } } },
      },
    },
    out: ['a.tf.json: data.healthchecksio_channel.a: kind: must be given. Add it.'],
  },
  {
    name: 'wants the providers that blocks use declared, and says so once of each',
    in: {
      resource: { gotify_client: { a: { name: 'a' }, c: { name: 'c' } } },
      data: { kubernetes_resources: { b: { api_version: 'v1', kind: 'Pod' } } },
    },
    declared: ['kubernetes'],
    out: [
      'a.tf.json: gotify_client.a: needs the provider gotify, which its stack does not declare. Add it to the providers in stack.ts.',
    ],
  },
  {
    name: 'wants exactly the versions whose schemas are recorded',
    in: {
      terraform: {
        required_providers: {
          gotify: { source: 'LukasKnuth/gotify', version: '~> 0.3' },
          aws: { source: 'hashicorp/aws', version: '6.0.0' },
        },
      },
    },
    out: [
      'a.tf.json: terraform: required_providers.aws: must be a provider whose schema is recorded. Add it to libs/providers/manifest.ts and run npm run sync-schemas.',
      'a.tf.json: terraform: required_providers.gotify: must be LukasKnuth/gotify 0.3.0, but is LukasKnuth/gotify ~> 0.3. Take source and version from requiredProvider of @home/providers.',
    ],
  },
];

test.each(cases)('$name', ({ in: file, declared, out }) => {
  expect(checkFile(file, 'a.tf.json', declared).map(formatProblem).sort()).toEqual(out);
});
