// NocoDB, tables that people fill. https://nocodb.com
// It keeps its database, and attachments on the NAS' share. What it writes, and what moves with which version:
// maintenance/README.md and docs/upgrades.md.
// Open on purpose: whoever is in the home may sign up, as a viewer, and whoever has the address of an attachment sees it.
// NocoDB has no setting in its environment for the first; an admin closes it under Account, Settings.
// Its image brings a Litestream of its own, which would replace the database: a rule keeps LITESTREAM_… from it.
import { webApp } from '@home/kubernetes';
import { apps } from '@home/platform/namespaces';
import { replica } from '@home/platform/replication';

export default webApp('nocodb', {
  namespace: apps,
  image: 'nocodb/nocodb:0.264.4',
  port: 8080,
  host: 'nocodb',
  public: true,
  memory: '384Mi',
  health: '/api/v1/health',
  memoryLimit: '1Gi',
  env: { NC_DISABLE_ERR_REPORTS: true, NC_DISABLE_TELE: true },
  // Every upload lies there first.
  scratch: ['/tmp'],
  // Attachments, their thumbnails and the pictures of people. Not in a bucket: docs/decisions/0017-files-on-a-share.md
  files: { '/usr/app/data/nc': 'nocodb' },
  dashboard: { title: 'Tables' },
  database: {
    file: '/usr/app/data/noco.db',
    replica,
    verify: '20 2 * * 6',
    expects: { tables: ['nc_users_v2'] },
  },
});
