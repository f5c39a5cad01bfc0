import { createHash } from 'node:crypto';
import { OwnedBlocks, output, render } from '@home/terraform';
import {
  derive,
  derivedFrom,
  fingerprintOf,
  revision,
  revisionOf,
  rootSecret,
  usedPurposes,
} from './secrets';
import recorded from './secrets.json';

const owner = { stack: 'platform', workload: 'stack', where: 'apps/platform' };

function rendered(...blocks: Parameters<typeof render>[0]) {
  return render(blocks, owner, new OwnedBlocks(blocks.map((block) => ({ owner, block }))));
}

it('derives a credential from the root, its purpose and its rotation', () => {
  const { json, problems } = rendered(rootSecret, output('key', derive('replication'), { ephemeral: true }));
  expect(problems).toEqual([]);
  expect(json).toMatchObject({
    output: { key: { value: '${sha256("${var.home_root_secret}/replication/1")}' } },
  });
});

it('lets only the root pass whose fingerprint is recorded, and keeps it out of plan and state', () => {
  const condition = `\${sha256("fingerprint of a home's root secret: \${var.home_root_secret}") == "${recorded.rootFingerprint}"}`;
  expect(rendered(rootSecret).json).toMatchObject({
    variable: { home_root_secret: { ephemeral: true, sensitive: true, validation: [{ condition }] } },
  });
});

it('computes the fingerprint as Terraform does', () => {
  const terraform = createHash('sha256').update("fingerprint of a home's root secret: abc").digest('hex');
  expect(fingerprintOf('abc')).toBe(terraform);
});

it('tells a person what a credential comes to, as Terraform makes it', () => {
  const terraform = (text: string) => createHash('sha256').update(text).digest('hex');
  expect(derivedFrom('root', 'gotify')).toBe(terraform('root/gotify/1'));
  expect(derivedFrom('root', 'gotify', 2)).toBe(terraform('root/gotify/2'));
});

it('gives a new revision to a rotated credential and, with a new root, to all', () => {
  const before = { rootFingerprint: fingerprintOf('one'), rotations: {} };
  const rotated = { ...before, rotations: { replication: 2 } };
  expect(revisionOf(rotated, 'replication')).toBe(revisionOf(before, 'replication') + 1);
  expect(revisionOf(rotated, 'gotify')).toBe(revisionOf(before, 'gotify'));
  expect(revisionOf({ ...before, rootFingerprint: fingerprintOf('two') }, 'gotify')).not.toBe(
    revisionOf(before, 'gotify'),
  );
  expect(revisionOf({ ...before, rootFingerprint: 'f'.repeat(64) }, 'gotify')).toBeLessThan(2 ** 31);
});

it('refuses a purpose that could be mistaken for another', () => {
  expect(() => derive('replication/1')).toThrow('must be lower-case letters, digits and dashes');
  expect(() => revision('Gotify')).toThrow('must be lower-case letters, digits and dashes');
});

it('knows which purposes are used, those of a revision alone too', () => {
  derive('seen-twice');
  revision('seen-twice');
  revision('counted-only');
  expect(usedPurposes()).toEqual(expect.arrayContaining(['counted-only', 'seen-twice']));
  expect(usedPurposes()).not.toContain('Gotify');
});
