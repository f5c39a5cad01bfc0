// Navidrome, music for a browser and for Subsonic's apps. https://github.com/navidrome/navidrome
// It keeps its database, and pictures that people uploaded on the NAS' share; it only reads the music. Covers and what it
// transcoded are made anew. Plugins are switched off: each would bring a database of its own.
// Open on purpose: it has accounts of its own, and whoever comes first becomes the admin.
import { webApp } from '@home/kubernetes';
import { apps, replica } from '../home';

export default webApp('my-app', {
  namespace: apps,
  // https://github.com/navidrome/navidrome/releases
  image: 'deluan/navidrome:0.63.2',
  // https://github.com/navidrome/navidrome/blob/v0.63.2/Dockerfile: 4533, /data, /music, and no user of its own.
  port: 4533,
  host: 'my-app',
  memory: '128Mi',
  memoryLimit: '512Mi',
  // https://github.com/navidrome/navidrome/blob/v0.63.2/server/server.go
  health: '/ping',
  // https://www.navidrome.org/docs/usage/configuration/options/
  env: { ND_CACHEFOLDER: '/cache', ND_PLUGINS_ENABLED: false },
  scratch: ['/tmp', '/cache'],
  // https://github.com/navidrome/navidrome/blob/v0.63.2/model/image.go
  files: { '/data/artwork': 'my-app' },
  media: { '/music': 'music' },
  dashboard: { title: 'Music' },
  // Take `first` out when it has run: from then on a missing replica stops it.
  database: { file: '/data/navidrome.db', replica, first: 'new', expects: { tables: ['user'] } },
});
