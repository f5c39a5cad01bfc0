// Vaultwarden, passwords for Bitwarden's apps. https://github.com/dani-garcia/vaultwarden
// It keeps its database, and attachments, sent files, icons and its keys on the NAS' share.
// Open on purpose at first: whoever is in the home may sign up. Then set SIGNUPS_ALLOWED: false.
import { url } from '@home/home';
import { webApp } from '@home/kubernetes';
import { apps, replica } from '../home';

export default webApp('my-app', {
  namespace: apps,
  // https://github.com/dani-garcia/vaultwarden/releases
  image: 'vaultwarden/server:1.37.2',
  // https://github.com/dani-garcia/vaultwarden/blob/1.37.2/docker/Dockerfile.debian: 80, and no user of its own.
  port: 80,
  host: 'my-app',
  memory: '64Mi',
  memoryLimit: '256Mi',
  // https://github.com/dani-garcia/vaultwarden/blob/1.37.2/docker/healthcheck.sh
  health: '/alive',
  // https://github.com/dani-garcia/vaultwarden/blob/1.37.2/.env.template
  env: { DOMAIN: url('my-app'), DATABASE_URL: 'sqlite:///database/db.sqlite3' },
  scratch: ['/tmp'],
  files: { '/data': 'my-app' },
  dashboard: { title: 'Passwords' },
  // Take `first` out when it has run: from then on a missing replica stops it.
  database: { file: '/database/db.sqlite3', replica, first: 'new', expects: { tables: ['users'] } },
});
