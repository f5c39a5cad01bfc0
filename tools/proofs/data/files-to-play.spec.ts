import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';
import { copyFilesToPlay, storeAddresses } from './files-to-play';

describe('the store of a home', () => {
  let from: string;
  beforeEach(() => (from = makeTemporaryFolder()));
  afterEach(() => rmSync(from, { recursive: true }));

  /** Generated files with one database, and where Litestream's configuration is in them. */
  const path = (folder: string): string => join(folder, 'workloads', 'notes.tf.json');
  const generate = (endpoint: string): void => {
    const replica = { type: 's3', endpoint, bucket: 'replicas', path: 'notes' };
    const config = JSON.stringify({ dbs: [{ path: '/data/notes.db', replica }] });
    mkdirSync(join(from, 'workloads'));
    writeFileSync(
      path(from),
      JSON.stringify({
        resource: { kubernetes_config_map_v1: { notes: { data: { 'litestream.yml': config } } } },
      }),
    );
  };

  it.each([
    ['http://10.20.0.5:3900', '10.20.0.5'],
    ['http://[fd00::4]:9000', 'fd00::4'],
  ])('at %s has its own address in the proof, and its files as they are', (endpoint, address) => {
    generate(endpoint);
    const played = join(from, 'copy');
    copyFilesToPlay(from, played);
    expect(storeAddresses(from)).toEqual([address]);
    expect(readFileSync(path(played), 'utf8')).toBe(readFileSync(path(from), 'utf8'));
  });

  it.each(['https://s3.example.org', 'http://nas.local:9000', 'https://10.20.0.5:3900'])(
    'at %s is played at another address',
    (endpoint) => {
      generate(endpoint);
      const played = join(from, 'copy');
      copyFilesToPlay(from, played);
      expect(storeAddresses(from)).toEqual(storeAddresses(played));
      expect(readFileSync(path(played), 'utf8')).not.toContain(endpoint);
      expect(readFileSync(path(from), 'utf8')).toContain(endpoint);
    },
  );
});
