import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';
import { formatFile, formatProblem } from '@home/terraform';
import { checkLeft, leftStacks, removeStackFolder } from './left-stacks';
import { stackPlace } from './layout';
import { readStacks } from './stacks';

let root: string;
beforeEach(() => {
  root = makeTemporaryFolder();
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (file: string, text: string): void => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};
const generate = (stack: string, backend: object): void =>
  write(`terraform/${stack}/stack.tf.json`, formatFile({ terraform: { backend } } as never, 'gone'));
const local = { local: { path: '../../.state/gone.tfstate' } };

it.each<[string, object, string | undefined, boolean]>([
  ['was never applied', local, undefined, false],
  ['holds nothing', local, '{"resources": []}', false],
  ['holds something', local, '{"resources": [{}]}', true],
  ['is encrypted', local, '{"encrypted_data": "x"}', true],
  ['is damaged', local, '{', true],
  ['lies elsewhere', { s3: { bucket: 'states' } }, undefined, true],
  ['lies at a place that only Terraform knows', { local: {} }, undefined, true],
])('counts on what a stack made that nobody describes, when its state %s', (_, backend, state, made) => {
  generate('gone', backend);
  generate('here', local);
  if (state !== undefined) write('.state/gone.tfstate', state);
  const left = leftStacks(root, { places: [stackPlace('here')] });
  expect(left).toEqual([{ stack: 'gone', mayHaveMade: made }]);
  expect(left.map(checkLeft).map(formatProblem)).toEqual([
    made
      ? 'terraform/gone: must belong to a stack, but apps/gone is gone. What it made may still be there: `npm run destroy -- gone` takes that back first, and then removes this.'
      : 'terraform/gone: must belong to a stack, but apps/gone is gone. Run `npm run generate`, which removes it.',
  ]);
});

it('takes no other folder for a stack, and destroys those that are gone by what their files read', () => {
  write('terraform/notes/README.md', 'mine');
  generate('gone', local);
  write(
    'terraform/last/stack.tf.json',
    formatFile({ data: { terraform_remote_state: { gone: {} } } } as never, 'last'),
  );
  const { names, orphans, before } = readStacks(root);
  expect([names, orphans, before('last')]).toEqual([['gone', 'last'], new Set(['gone', 'last']), ['gone']]);
});

it('removes of a stack what was generated, and what Terraform put beside it', () => {
  generate('gone', local);
  write('terraform/gone/.terraform/providers/x', '');
  write('terraform/gone/.terraform.lock.hcl', '');
  expect(removeStackFolder(root, 'gone')).toEqual(['terraform/gone/stack.tf.json']);
  expect(existsSync(join(root, 'terraform/gone'))).toBe(false);
});

it('leaves of a stack what somebody made by hand', () => {
  generate('gone', local);
  for (const name of ['own.tf.json', 'terraform.tfstate']) write(`terraform/gone/${name}`, '{}');
  expect(removeStackFolder(root, 'gone')).toEqual(['terraform/gone/stack.tf.json']);
  for (const name of ['own.tf.json', 'terraform.tfstate'])
    expect(existsSync(join(root, 'terraform/gone', name))).toBe(true);
});
