// Paperless-ngx, letters and bills. https://github.com/paperless-ngx/paperless-ngx
// It keeps its database, and documents, what is to be read in, and exports on the NAS' share. The index for searching and what it
// has learnt are made anew; tasks that wait go with the pod, and what is to be read in waits as a file.
// Its first account: docs/chores/live-with-an-app.md says how to run `python3 manage.py createsuperuser` in the pod.
import { home, url } from '@home/home';
import { derivedSecret, fromSecret, webApp } from '@home/kubernetes';
import { apps, replica } from '../home';

// https://github.com/paperless-ngx/paperless-ngx/blob/v3.0.5/docs/configuration.md: it does not start without one.
const signing = derivedSecret('my-app-signing', { namespace: apps, key: 'key' });

const app = webApp('my-app', {
  namespace: apps,
  // https://github.com/paperless-ngx/paperless-ngx/releases
  image: 'ghcr.io/paperless-ngx/paperless-ngx:3.0.5',
  // https://github.com/paperless-ngx/paperless-ngx/blob/v3.0.5/Dockerfile: 8000, and the user paperless, who is 1000.
  port: 8000,
  host: 'my-app',
  memory: '512Mi',
  memoryLimit: '2Gi',
  env: {
    // https://github.com/just-containers/s6-overlay#customizing-s6-overlay-behaviour
    S6_READ_ONLY_ROOT: 1,
    PAPERLESS_DBENGINE: 'sqlite',
    PAPERLESS_REDIS: 'redis://localhost:6379',
    PAPERLESS_SECRET_KEY: fromSecret(signing, 'key'),
    PAPERLESS_TIME_ZONE: home.timezone,
    PAPERLESS_URL: url('my-app'),
  },
  // https://github.com/paperless-ngx/paperless-ngx/blob/v3.0.5/docker/compose/docker-compose.sqlite.yml: a Valkey beside it.
  containers: {
    redis: {
      image: 'valkey/valkey:9.0.6-alpine',
      port: 6379,
      memory: '16Mi',
      user: { uid: 999, gid: 1000 },
      scratch: ['/data'],
    },
  },
  scratch: ['/run', '/tmp', '/var/cache/fontconfig'],
  files: {
    '/usr/src/paperless/consume': 'my-app/consume',
    '/usr/src/paperless/export': 'my-app/export',
    '/usr/src/paperless/media': 'my-app/media',
  },
  dashboard: { title: 'Documents' },
  // Take `first` out when it has run: from then on a missing replica stops it.
  database: {
    file: '/usr/src/paperless/data/db.sqlite3',
    replica,
    first: 'new',
    expects: { tables: ['documents_document'] },
  },
});

export default [signing, app];
