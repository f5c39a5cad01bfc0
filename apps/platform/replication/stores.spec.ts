import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { makeTemporaryFolder } from '@home/files';
import type { Block } from '@home/terraform';
import { authority } from './authority';
import { givenStore } from './given-store';
import { minioStore } from './minio-store';

it('makes bucket, user, policy and attachment in the home’s own store, and nothing in one that is given', () => {
  const made = (blocks: readonly Block[]): string[] =>
    blocks.filter(({ kind }) => kind === 'resource').map(({ type }) => type);
  expect(made(minioStore('replicas').blocks)).toEqual([
    'minio_s3_bucket',
    'minio_iam_user',
    'minio_iam_policy',
    'minio_iam_user_policy_attachment',
  ]);
  expect(made(givenStore().blocks)).toEqual([]);
});

describe('a store’s own authority', () => {
  const [one = '', other = ''] = rootCertificates;
  const key = '-----BEGIN EC PRIVATE KEY-----\nAA==\n-----END EC PRIVATE KEY-----';
  const folder = makeTemporaryFolder();
  afterAll(() => rmSync(folder, { recursive: true }));
  const read = (text: string): string => {
    writeFileSync(join(folder, 'ca.pem'), text);
    return authority(folder, 'ca.pem');
  };

  it('is taken as it is written', () => {
    expect(read(`${one}\n${other}\n`)).toBe(`${one}\n${other}\n`);
  });

  it('is taken without a byte order mark, before which Litestream would see no certificate', () => {
    expect(read(`\ufeff${one}\n`)).toBe(`${one}\n`);
  });

  it.each([
    ['nothing', ''],
    ['something else', 'hello'],
    ['a broken certificate', one.replace(/\n.{8}/, '\n')],
    ['a private key', key],
    ['a certificate with its private key', `${one}\n${key}\n`],
  ])('is refused when the file holds %s', (_, text) => {
    expect(() => read(text)).toThrow(
      'nas.s3.caFile "ca.pem" must be a file in apps/platform/replication with certificates in PEM, and no private key',
    );
  });

  it('is refused when the file is missing', () => {
    expect(() => authority(folder, 'missing.pem')).toThrow(/"missing.pem" must be a file in/);
  });
});
