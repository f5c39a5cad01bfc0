import { type Block, dataBlock, jsonencode, output, resourceBlock, tf, variable } from '@home/terraform';
import { complaints, exampleHome } from '../example-home';
import { noSecretsAcrossStacks } from './no-secrets-across-stacks';

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
