import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';
import { terraformValidate } from './terraform-validate';

let root: string;
beforeEach(() => {
  root = makeTemporaryFolder();
  mkdirSync(join(root, 'terraform/platform/.terraform/providers'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (file: string, text: string): void =>
  writeFileSync(join(root, 'terraform/platform', file), text);

const skipped = {
  skipped: expect.stringMatching(
    /^(not all providers of terraform\/platform are installed|terraform is not installed)/,
  ),
};

test('a stack is skipped, and not called wrong, after an init that got no provider', async () => {
  const required = { nothing: { source: 'example.invalid/home/nothing', version: '1.0.0' } };
  write('stack.tf.json', JSON.stringify({ terraform: { required_providers: required } }));
  expect(await terraformValidate(root, 'platform', 'terraform')).toEqual(skipped);

  const lock = 'provider "example.invalid/home/nothing" {\n  version = "1.0.0"\n}\n';
  write('.terraform.lock.hcl', lock);
  expect(await terraformValidate(root, 'platform', 'terraform')).toEqual(skipped);
});
