// Linkding, bookmarks. https://github.com/sissbruecker/linkding
// It keeps its database, and snapshots, uploaded files, icons and previews on the NAS' share. The key of its sessions and tasks
// that wait go with the pod: people sign in again.
// Its first account: docs/chores/live-with-an-app.md says how to run `python manage.py createsuperuser` in the pod.
import { url } from '@home/home';
import { webApp } from '@home/kubernetes';
import { appsAsRoot, replica } from '../home';

export default webApp('my-app', {
  namespace: appsAsRoot,
  // https://github.com/sissbruecker/linkding/releases
  image: 'sissbruecker/linkding:1.46.2',
  // https://github.com/sissbruecker/linkding/blob/v1.46.2/docker/default.Dockerfile: 9090; www-data is 33 in Debian.
  port: 9090,
  host: 'my-app',
  memory: '160Mi',
  memoryLimit: '512Mi',
  health: '/health',
  user: { uid: 33, gid: 33 },
  // https://github.com/sissbruecker/linkding/blob/v1.46.2/bootstrap.sh and supervisord-tasks.conf
  root: {
    why: 'It gives its folder to www-data, whom uwsgi and supervisord become.',
    capabilities: ['CHOWN', 'DAC_OVERRIDE', 'KILL', 'SETGID', 'SETUID'],
  },
  writableRoot: 'supervisord writes logs beside the program, and its socket below /run.',
  env: { LD_CSRF_TRUSTED_ORIGINS: url('my-app') },
  // https://github.com/sissbruecker/linkding/blob/v1.46.2/bookmarks/settings/base.py
  files: {
    '/etc/linkding/data/assets': 'my-app/assets',
    '/etc/linkding/data/favicons': 'my-app/favicons',
    '/etc/linkding/data/previews': 'my-app/previews',
  },
  dashboard: { title: 'Bookmarks' },
  // Take `first` out when it has run: from then on a missing replica stops it.
  database: {
    file: '/etc/linkding/data/db.sqlite3',
    replica,
    first: 'new',
    expects: { tables: ['bookmarks_bookmark'] },
  },
});
