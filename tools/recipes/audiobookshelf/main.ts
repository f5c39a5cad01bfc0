// Audiobookshelf, audiobooks and podcasts. https://github.com/advplyr/audiobookshelf
// It keeps its database, and covers, pictures of authors and its own backups on the NAS' share; the books lie there too.
// Open on purpose: it has accounts of its own, and whoever comes first becomes its root.
import { webApp } from '@home/kubernetes';
import { apps, replica } from '../home';

export default webApp('my-app', {
  namespace: apps,
  // https://github.com/advplyr/audiobookshelf/releases
  image: 'ghcr.io/advplyr/audiobookshelf:2.36.0',
  // https://github.com/advplyr/audiobookshelf/blob/v2.36.0/Dockerfile: 80, /config, /metadata, and no user of its own.
  port: 80,
  host: 'my-app',
  memory: '160Mi',
  memoryLimit: '768Mi',
  // https://github.com/advplyr/audiobookshelf/blob/v2.36.0/server/Server.js
  health: '/healthcheck',
  // What it has transcoded or resized is made anew.
  scratch: ['/tmp', '/metadata/cache', '/metadata/streams'],
  files: { '/metadata': 'my-app', '/audiobooks': 'audiobooks', '/podcasts': 'podcasts' },
  dashboard: { title: 'Audiobooks' },
  // https://github.com/advplyr/audiobookshelf/blob/v2.36.0/server/Database.js
  // Take `first` out when it has run: from then on a missing replica stops it.
  database: { file: '/config/absdatabase.sqlite', replica, first: 'new', expects: { tables: ['users'] } },
});
