// Uptime Kuma, tells when a service is away. https://github.com/louislam/uptime-kuma
// It keeps its database, and pictures, screenshots and certificates for Docker on the NAS' share.
// Open on purpose: it has one account, and whoever comes first makes it.
import { webApp } from '@home/kubernetes';
import { apps, replica } from '../home';

export default webApp('my-app', {
  namespace: apps,
  // https://github.com/louislam/uptime-kuma/releases
  image: 'louislam/uptime-kuma:2.5.3-slim-rootless',
  // https://github.com/louislam/uptime-kuma/blob/2.5.3/docker/dockerfile: the port, and node, who is 1000 in its base.
  port: 3001,
  host: 'my-app',
  memory: '160Mi',
  memoryLimit: '512Mi',
  // Left out, it asks for a database before anything else.
  // https://github.com/louislam/uptime-kuma/blob/2.5.3/server/setup-database.js
  env: { UPTIME_KUMA_DB_TYPE: 'sqlite' },
  scratch: ['/tmp'],
  // https://github.com/louislam/uptime-kuma/blob/2.5.3/server/database.js
  files: {
    '/app/data/upload': 'my-app/upload',
    '/app/data/screenshots': 'my-app/screenshots',
    '/app/data/docker-tls': 'my-app/docker-tls',
  },
  dashboard: { title: 'Uptime' },
  // Take `first` out when it has run: from then on a missing replica stops it.
  database: { file: '/app/data/kuma.db', replica, first: 'new', expects: { tables: ['user'] } },
});
