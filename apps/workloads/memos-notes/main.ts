// Memos, a timeline of short notes. https://github.com/usememos/memos
import { webApp } from '@home/kubernetes';
import { apps } from '@home/platform/namespaces';
import { replica } from '@home/platform/replication';

// The name is also the replica's path on the NAS: a new name would start an empty database.
export default webApp('memos-notes', {
  namespace: apps,
  image: 'ghcr.io/usememos/memos:0.24.4',
  port: 5230,
  host: 'deardiary',
  memory: '64Mi',
  env: { MEMOS_PUBLIC: true },
  dashboard: { title: 'Diary' },
  database: {
    file: '/var/opt/memos/memos_prod.db',
    replica,
    verify: '0 3 * * 6',
    expects: { tables: ['memo', 'user'] },
  },
});
