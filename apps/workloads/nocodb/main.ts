// NocoDB, tables that people fill. https://nocodb.com
import { webApp } from '@home/kubernetes';
import { apps } from '@home/platform/namespaces';
import { replica } from '@home/platform/replication';

export default webApp('nocodb', {
  namespace: apps,
  image: 'nocodb/nocodb:0.264.4',
  port: 8080,
  host: 'nocodb',
  memory: '384Mi',
  health: '/api/v1/health',
  env: { NC_DISABLE_ERR_REPORT: true, NC_DISABLE_TELE: true },
  dashboard: { title: 'Tables' },
  database: {
    file: '/usr/app/data/noco.db',
    replica,
    verify: '20 2 * * 6',
    expects: { tables: ['nc_users_v2'] },
  },
});
