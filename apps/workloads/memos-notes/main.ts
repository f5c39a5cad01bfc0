// Memos, a timeline of short notes. https://github.com/usememos/memos
// It keeps everything in its database, attachments included. What it writes, and what moves with which version:
// maintenance/README.md and docs/upgrades.md.
// Open on purpose: whoever is in the home may register. An admin closes that in Memos' own settings.
import { webApp } from '@home/kubernetes';
import { apps } from '@home/platform/namespaces';
import { replica } from '@home/platform/replication';

// The name is also the replica's path on the NAS: at a new one there is no replica, and the pod would refuse to start.
export default webApp('memos-notes', {
  namespace: apps,
  image: 'ghcr.io/usememos/memos:0.24.4',
  port: 5230,
  host: 'deardiary',
  public: true,
  memory: '64Mi',
  memoryLimit: '256Mi',
  // Said, it is an error that this folder cannot be written; unsaid, later versions take another one.
  env: { MEMOS_DATA: '/var/opt/memos' },
  scratch: ['/tmp'],
  dashboard: { title: 'Diary' },
  database: {
    file: '/var/opt/memos/memos_prod.db',
    replica,
    verify: '0 3 * * 6',
    expects: { tables: ['memo', 'user'] },
  },
});
