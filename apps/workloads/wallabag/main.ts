// Wallabag, articles to read later. https://wallabag.org
// It keeps its database, and a key and pictures on the NAS' share. What it writes, and what moves with which version:
// maintenance/README.md and docs/upgrades.md.
// Its first start makes the account wallabag with the password wallabag, and nothing changes that but a person: sign in and
// change it. Open on purpose: articles that somebody shares, by their address; registration is closed.
import { url } from '@home/home';
import { derivedSecret, fromSecret, webApp } from '@home/kubernetes';
import { appsAsRoot } from '@home/platform/namespaces';
import { replica } from '@home/platform/replication';

// Left out, it signs with what every installation of its image has. No data is encrypted with it: another one ends "stay
// signed in" and nothing else.
const signing = derivedSecret('wallabag-signing', { namespace: appsAsRoot, key: 'secret' });

const wallabag = webApp('wallabag', {
  namespace: appsAsRoot,
  image: 'wallabag/wallabag:2.6.13',
  port: 80,
  host: 'wallabag',
  public: true,
  memory: '256Mi',
  memoryLimit: '768Mi',
  env: {
    SYMFONY__ENV__DOMAIN_NAME: url('wallabag'),
    SYMFONY__ENV__DATABASE_DRIVER: 'pdo_sqlite',
    SYMFONY__ENV__SECRET: fromSecret(signing, 'secret'),
  },
  // https://github.com/wallabag/docker/blob/2.6.13/Dockerfile: nobody, as whom PHP serves, and whose its files are.
  user: { uid: 65534, gid: 65534 },
  // https://github.com/wallabag/docker/blob/2.6.13/root/entrypoint.sh and root/etc/s6: it becomes nobody by su (SETUID,
  // SETGID), gives it the database's folder (CHOWN), overwrites its files (DAC_OVERRIDE), and nginx and PHP end workers that
  // are no longer root's (KILL).
  root: {
    why: 'Its entrypoint writes PHP settings below /etc, and starts nginx and PHP as root, whose workers are other users.',
    capabilities: ['CHOWN', 'DAC_OVERRIDE', 'KILL', 'SETGID', 'SETUID'],
  },
  // The same entrypoint.
  writableRoot:
    'At every start its entrypoint writes parameters.yml, PHP settings, the autoloader and assets among its own files.',
  files: {
    // The key of logins to paid sites lies there, beside the folder of the database, which has its own volume inside.
    '/var/www/wallabag/data': 'wallabag/data',
    // The pictures of articles, for whoever switches download_images_enabled on.
    '/var/www/wallabag/web/assets/images': 'wallabag/images',
  },
  dashboard: { title: 'Articles' },
  database: {
    file: '/var/www/wallabag/data/db/wallabag.sqlite',
    replica,
    verify: '0 2 * * 6',
    expects: { tables: ['wallabag_entry', 'wallabag_user'] },
  },
});

export default [signing, wallabag];
