import { type Block, jsonencode, output, raw, resourceBlock, tf, variable } from '..';
import { complaints, renderApp } from './example-stacks';

interface Bucket {
  readonly id: string;
  readonly bucket: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly rules: readonly { arn: string; name: string }[];
}
const bucket = resourceBlock<Bucket>('minio_s3_bucket', 'replica', {
  bucket: 'replica',
  tags: { a: 'b', file: raw('path.module') },
});
const id = output('bucket_id', bucket.ref.id);
const rules = output('rules', bucket.ref.rules);
const settings = output('settings', { a: tf`x${bucket.ref.id}` });

function read(value: unknown, ...others: Block[]): { value: unknown; reads: string[] } {
  const { json, reads, problems } = renderApp([output('o', value)], [bucket, ...others]);
  expect(problems).toEqual([]);
  const rendered = JSON.parse(JSON.stringify(json)) as { output: { o: { value: unknown } } };
  return { value: rendered.output.o.value, reads: [...reads] };
}
const remote = (name: string) => `\${data.terraform_remote_state.platform.outputs.${name}}`;

describe('across stacks', () => {
  it.each<[string, unknown, unknown]>([
    ['a literal', bucket.ref.bucket, 'replica'],
    ['a literal in a map', bucket.ref.tags['a'], 'b'],
    ['a literal in a template', tf`s3://${bucket.ref.bucket}/a`, 's3://replica/a'],
    ['a literal in a function', jsonencode(bucket.ref.bucket), '${jsonencode("replica")}'],
    ['a literal that looks like HCL', resourceBlock<{ a: string }>('a', 'b', { a: '${x}' }).ref.a, '$${x}'],
  ])('copies %s, and needs no state for it', (_, value, expected) => {
    expect(read(value)).toEqual({ value: expected, reads: [] });
  });

  it.each<[string, unknown, unknown]>([
    ['the attribute that an output names', bucket.ref.id, remote('bucket_id')],
    ['a part of what an output names', bucket.ref.rules[0]?.arn, remote('rules[0].arn')],
    ['an output itself', settings.ref, remote('settings')],
    ['a part of an output', settings.ref.a, remote('settings.a')],
    [
      'an attribute in a template',
      tf`${bucket.ref.id}!`,
      '${data.terraform_remote_state.platform.outputs.bucket_id}!',
    ],
  ])('reads %s from the state', (_, value, expected) => {
    expect(read(value, id, rules, settings)).toEqual({ value: expected, reads: ['platform'] });
  });

  it.each<[string, unknown, string, string]>([
    ['an attribute that no output names', bucket.ref.id, 'minio_s3_bucket.replica.id', 'replica_id'],
    [
      'a part of a list',
      bucket.ref.rules[0]?.name,
      'minio_s3_bucket.replica.rules[0].name',
      'replica_rules_name',
    ],
    ['a whole resource', jsonencode(bucket.ref), 'minio_s3_bucket.replica', 'replica'],
    [
      'what means something in its own stack alone',
      bucket.ref.tags['file'],
      'minio_s3_bucket.replica.tags.file',
      'replica_tags_file',
    ],
  ])('refuses %s', (_, value, address, name) => {
    expect(complaints([output('o', value)], [bucket])).toEqual([
      `apps/workloads/app: output.o: ${address} is computed in the stack platform, and only its outputs cross to workloads. ` +
        `Export this from apps/platform/base/main.ts: output('${name}', …).`,
    ]);
  });

  it('refuses a variable of another stack', () => {
    const zone = variable<string>('zone');
    expect(complaints([output('o', zone.ref)], [zone])[0]).toContain(
      'var.zone is computed in the stack platform',
    );
    expect(complaints([output('o', zone.ref)])).toEqual([
      'apps/workloads/app: output.o: var.zone must belong to a workload, but none exports it. ' +
        'Add it to the blocks of the stack workloads in its stack.ts.',
    ]);
  });

  it.each(['depends_on', 'replace_triggered_by'])(
    'refuses to name a block of another stack in %s',
    (argument) => {
      const given =
        argument === 'depends_on'
          ? { depends_on: [bucket] }
          : { lifecycle: { [argument]: [bucket.ref.bucket] } };
      const address =
        argument === 'depends_on' ? 'minio_s3_bucket.replica' : 'minio_s3_bucket.replica.bucket';
      expect(complaints([resourceBlock('terraform_data', 'a', given)], [bucket])).toEqual([
        `apps/workloads/app: terraform_data.a: ${address} is in the stack platform, and only blocks of workloads can be named ` +
          'here. Take it out: stacks are applied one after the other, by their imports.',
      ]);
    },
  );
});

it('refuses a block that nobody exports, unless what is read of it is known', () => {
  const forgotten = resourceBlock<Bucket>('minio_s3_bucket', 'forgotten', { bucket: 'known' });
  const line =
    'must belong to a workload, but none exports it. Add the block to the default export of the main.ts that makes it.';
  expect(complaints([output('o', forgotten.ref.id)])).toEqual([
    `apps/workloads/app: output.o: minio_s3_bucket.forgotten.id ${line}`,
  ]);
  expect(complaints([resourceBlock('terraform_data', 'a', { depends_on: [forgotten] })])).toEqual([
    `apps/workloads/app: terraform_data.a: minio_s3_bucket.forgotten ${line}`,
  ]);
});

it('reads an output of the stack itself by what it gives', () => {
  const one = output('one', tf`x${bucket.ref.id}`);
  expect(renderApp([bucket, one, output('two', one.ref)]).json).toMatchObject({
    output: { two: { value: 'x${minio_s3_bucket.replica.id}' } },
  });
});
