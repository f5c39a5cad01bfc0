import { configFiles } from './config-files';
import { labelsOf } from './labels';
import { deployment } from './pods';

const app = { namespace: 'apps', labels: labelsOf('notes', 'app') };

it.each(['/etc', '/usr/lib/', '/proc/sys', 'etc/notes', '/etc/../notes'])(
  'mounts no folder of files over %s',
  (mountedAt) => {
    expect(() => configFiles('notes', { ...app, files: { a: 'b' }, mountedAt })).toThrow(
      /^notes: mountedAt "[^\n]+" must [^\n]+\. Write it like "\/tmp" or "\/etc\/app"\.$/,
    );
  },
);

it('mounts single files into a folder of the system', () => {
  const { mounts } = configFiles('notes', { ...app, files: { a: 'b' }, mountedAt: '/etc', subPath: true });
  expect(mounts).toMatchObject([{ mount_path: '/etc/a', sub_path: 'a' }]);
});

it.each(['/', '/dev/pts', 'tmp'])('gives no pod %s as scratch', (path) => {
  const container = { name: 'notes', memory: '64Mi', scratch: [path] };
  expect(() => deployment('notes', { ...app, container })).toThrow(`notes: scratch "${path}" must `);
});
