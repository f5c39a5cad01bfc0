import { resource } from '@home/providers';
import { raw, resolve } from '@home/terraform';
import { ownKey } from './labels';
import { secretFiles } from './secret-files';

const secret = (revision?: number) =>
  resource('kubernetes_secret_v1', 'keys', {
    metadata: { name: 'keys', namespace: 'apps' },
    data_wo: { 'a.pem': raw('var.key') },
    data_wo_revision: revision,
  });

it('mounts a Secret for its owner alone, and only to be read', () => {
  const { volumes, mounts } = secretFiles(secret(), '/keys');
  expect(resolve(volumes)).toEqual([{ name: 'keys', secret: { secret_name: 'keys', default_mode: '0400' } }]);
  expect(mounts).toEqual([{ name: 'keys', mount_path: '/keys', read_only: true }]);
});

it('restarts the pods that read it with each revision', () => {
  const revisionOf = (revision?: number) => {
    const { annotations } = secretFiles(secret(revision), '/keys');
    return resolve(annotations?.[ownKey('keys', 'secret')]);
  };
  expect([revisionOf(), revisionOf(7)]).toEqual(['0', '7']);
});

it('hides no folder of the system', () => {
  expect(() => secretFiles(secret(), '/etc')).toThrow(/keys: mountedAt .*must not be a folder of the system/);
});
