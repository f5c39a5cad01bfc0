// Forgejo, repositories of git. https://codeberg.org/forgejo/forgejo
// It keeps its database, and repositories, attachments, its settings and its keys on the NAS' share.
// Git over HTTP alone: SSH wants a port of a node. Open on purpose: whoever is in the home may register, and the first is the admin.
import { url } from '@home/home';
import { webApp } from '@home/kubernetes';
import { apps, replica } from '../home';

export default webApp('my-app', {
  namespace: apps,
  // https://codeberg.org/forgejo/-/packages/container/forgejo/versions
  image: 'codeberg.org/forgejo/forgejo:14.0.5-rootless',
  // https://codeberg.org/forgejo/forgejo/src/tag/v14.0.5/Dockerfile.rootless: the port, /var/lib/gitea, and git, who is 1000.
  port: 3000,
  host: 'my-app',
  memory: '192Mi',
  memoryLimit: '768Mi',
  health: '/api/healthz',
  // https://forgejo.org/docs/latest/admin/config-cheat-sheet/
  env: {
    FORGEJO__database__DB_TYPE: 'sqlite3',
    FORGEJO__database__PATH: '/database/forgejo.db',
    FORGEJO__security__INSTALL_LOCK: true,
    FORGEJO__server__DISABLE_SSH: true,
    FORGEJO__server__ROOT_URL: url('my-app'),
  },
  scratch: ['/tmp', '/etc/gitea'],
  files: { '/var/lib/gitea': 'my-app' },
  dashboard: { title: 'Git' },
  // Take `first` out when it has run: from then on a missing replica stops it.
  database: { file: '/database/forgejo.db', replica, first: 'new', expects: { tables: ['repository'] } },
});
