// Homebox, what there is in the house and where it lies. https://github.com/sysadminsmedia/homebox
// It keeps its database, and attachments and pictures on the NAS' share.
// Open on purpose at first: whoever is in the home may sign up. Then set HBOX_OPTIONS_ALLOW_REGISTRATION: false.
import { derivedSecret, fromSecret, webApp } from '@home/kubernetes';
import { apps, replica } from '../home';

// It starts with nothing shorter than 32 bytes, and another one ends every key of its API.
// https://github.com/sysadminsmedia/homebox/blob/v0.26.2/backend/app/api/main.go
const pepper = derivedSecret('my-app-pepper', { namespace: apps, key: 'pepper' });

const app = webApp('my-app', {
  namespace: apps,
  // https://github.com/sysadminsmedia/homebox/releases
  image: 'ghcr.io/sysadminsmedia/homebox:0.26.2-rootless',
  // https://github.com/sysadminsmedia/homebox/blob/v0.26.2/Dockerfile.rootless: the port, the user, the health, /data.
  port: 7745,
  host: 'my-app',
  memory: '64Mi',
  memoryLimit: '256Mi',
  user: { uid: 65532, gid: 65532 },
  health: '/api/v1/status',
  // https://github.com/sysadminsmedia/homebox/blob/v0.26.2/backend/app/api/setup.go: attachments apart from the database.
  env: { HBOX_AUTH_API_KEY_PEPPER: fromSecret(pepper, 'pepper'), HBOX_STORAGE_PREFIX_PATH: 'files' },
  // https://github.com/sysadminsmedia/homebox/blob/v0.26.2/backend/internal/core/services/service_exports.go
  scratch: ['/tmp'],
  files: { '/files': 'my-app' },
  dashboard: { title: 'Things' },
  // Take `first` out when it has run: from then on a missing replica stops it.
  database: { file: '/data/homebox.db', replica, first: 'new', expects: { tables: ['users'] } },
});

export default [pepper, app];
