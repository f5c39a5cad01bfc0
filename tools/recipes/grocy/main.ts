// Grocy, what is in the kitchen. https://github.com/grocy/grocy
// It keeps its database, and pictures and files on the NAS' share. Its settings are those of the image: change them in env, as
// GROCY_CURRENCY: 'EUR'; config.php goes with the pod.
// Its first account is admin with the password admin, and nothing changes that but a person: do.
import { webApp } from '@home/kubernetes';
import { appsAsRoot, replica } from '../home';

export default webApp('my-app', {
  namespace: appsAsRoot,
  // https://github.com/linuxserver/docker-grocy/releases
  image: 'lscr.io/linuxserver/grocy:v4.6.0-ls330',
  // https://github.com/linuxserver/docker-grocy/blob/v4.6.0-ls330/Dockerfile: 80, /config.
  port: 80,
  host: 'my-app',
  memory: '96Mi',
  memoryLimit: '384Mi',
  user: { uid: 1000, gid: 1000 },
  // https://docs.linuxserver.io/misc/non-root/ does not have this image.
  root: {
    why: 'Its entrypoint makes a user, gives it /config, and starts nginx and PHP, whose workers become it.',
    capabilities: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'KILL', 'SETGID', 'SETUID'],
  },
  writableRoot: 'At every start it writes users, links and settings among its own files.',
  env: { PUID: 1000, PGID: 1000 },
  // https://github.com/grocy/grocy/blob/v4.6.0/services/FilesService.php
  files: { '/config/data/storage': 'my-app' },
  dashboard: { title: 'Kitchen' },
  // Take `first` out when it has run: from then on a missing replica stops it.
  database: { file: '/config/data/grocy.db', replica, first: 'new', expects: { tables: ['products'] } },
});
