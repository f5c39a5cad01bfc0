// Mealie, what to cook. https://github.com/mealie-recipes/mealie
// It keeps its database, and pictures, files of people, groups and its own backups on the NAS' share. The keys of its sessions go
// with the pod: people sign in again.
// Its first account is changeme@example.com with the password MyPassword, and nothing changes that but a person: do.
import { url } from '@home/home';
import { webApp } from '@home/kubernetes';
import { apps, replica } from '../home';

export default webApp('my-app', {
  namespace: apps,
  // https://docs.mealie.io/documentation/getting-started/installation/sqlite/
  image: 'ghcr.io/mealie-recipes/mealie:v3.10.0',
  // https://github.com/mealie-recipes/mealie/blob/v3.10.0/docker/Dockerfile: 9000; entry.sh runs as whoever PUID is.
  port: 9000,
  host: 'my-app',
  memory: '256Mi',
  memoryLimit: '1Gi',
  // https://github.com/mealie-recipes/mealie/blob/v3.10.0/mealie/scripts/healthcheck.py
  health: '/api/app/about',
  env: { PUID: 1000, PGID: 1000, BASE_URL: url('my-app') },
  scratch: ['/tmp'],
  // https://github.com/mealie-recipes/mealie/blob/v3.10.0/mealie/core/settings/directories.py
  files: {
    '/app/data/backups': 'my-app/backups',
    '/app/data/groups': 'my-app/groups',
    '/app/data/recipes': 'my-app/recipes',
    '/app/data/templates': 'my-app/templates',
    '/app/data/users': 'my-app/users',
  },
  dashboard: { title: 'Recipes' },
  // Take `first` out when it has run: from then on a missing replica stops it.
  database: { file: '/app/data/mealie.db', replica, first: 'new', expects: { tables: ['recipes'] } },
});
