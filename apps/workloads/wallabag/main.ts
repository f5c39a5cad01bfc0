// Wallabag, articles to read later. https://wallabag.org
import { url } from '@home/home';
import { webApp } from '@home/kubernetes';
import { apps } from '@home/platform/namespaces';
import { replica } from '@home/platform/replication';

export default webApp('wallabag', {
  namespace: apps,
  image: 'wallabag/wallabag:2.6.13',
  port: 80,
  host: 'wallabag',
  memory: '256Mi',
  env: { SYMFONY__ENV__DOMAIN_NAME: url('wallabag'), SYMFONY__ENV__DATABASE_DRIVER: 'pdo_sqlite' },
  dashboard: { title: 'Articles' },
  database: {
    file: '/var/www/wallabag/data/db/wallabag.sqlite',
    replica,
    // It starts as root and becomes nobody by itself.
    owner: { uid: 65534, gid: 65534 },
    verify: '0 2 * * 6',
    expects: { tables: ['wallabag_entry', 'wallabag_user'] },
  },
});
