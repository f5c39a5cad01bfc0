// Jellyfin, films and music. https://github.com/jellyfin/jellyfin
// It keeps its database, and settings, pictures, playlists and collections on the NAS' share; it only reads the media.
// Open on purpose: it has accounts of its own, and whoever comes first sets it up.
import { webApp } from '@home/kubernetes';
import { apps, replica } from '../home';

export default webApp('my-app', {
  namespace: apps,
  // https://github.com/jellyfin/jellyfin/releases
  image: 'jellyfin/jellyfin:10.11.11',
  // https://github.com/jellyfin/jellyfin-packaging/blob/master/docker/Dockerfile: the port, the health, /config, /cache.
  port: 8096,
  host: 'my-app',
  memory: '512Mi',
  memoryLimit: '2Gi',
  health: '/health',
  scratch: ['/tmp', '/cache'],
  // https://github.com/jellyfin/jellyfin/blob/v10.11.11/Emby.Server.Implementations/AppBase/BaseApplicationPaths.cs
  files: {
    '/config': 'my-app',
    '/config/data/collections': 'my-app-data/collections',
    '/config/data/playlists': 'my-app-data/playlists',
    '/config/data/subtitles': 'my-app-data/subtitles',
    '/config/data/trickplay': 'my-app-data/trickplay',
  },
  media: { '/media': 'films' },
  // By it players know the server again. It would lie beside the database, and another one would be made with each pod.
  config: {
    name: 'my-app-id',
    files: { 'device.txt': '8f14e45fceea167a5a36dedd4bea2543' },
    mountedAt: '/config/data',
    subPath: true,
  },
  dashboard: { title: 'Films' },
  // Take `first` out when it has run: from then on a missing replica stops it.
  database: { file: '/config/data/jellyfin.db', replica, first: 'new', expects: { tables: ['Users'] } },
});
