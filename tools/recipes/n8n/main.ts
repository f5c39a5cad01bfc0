// n8n, workflows between services. https://github.com/n8n-io/n8n
// It keeps its database, and files of executions and further nodes on the NAS' share.
// Open on purpose: it has accounts of its own, and whoever comes first owns it.
import { home, url } from '@home/home';
import { derivedSecret, fromSecret, webApp } from '@home/kubernetes';
import { apps, replica } from '../home';

// Credentials in its database are encrypted with it. https://docs.n8n.io/hosting/configuration/configuration-examples/encryption-key/
const encryption = derivedSecret('my-app-encryption', { namespace: apps, key: 'key' });

const app = webApp('my-app', {
  namespace: apps,
  // https://github.com/n8n-io/n8n/releases
  image: 'n8nio/n8n:2.41.0',
  // https://github.com/n8n-io/n8n/blob/n8n@2.41.0/docker/images/n8n/Dockerfile: 5678, and node, who is 1000 in its base.
  port: 5678,
  host: 'my-app',
  memory: '384Mi',
  memoryLimit: '1Gi',
  // Earlier it says that it is starting, with 200. https://docs.n8n.io/hosting/logging-monitoring/monitoring/
  health: '/healthz/readiness',
  env: {
    N8N_ENCRYPTION_KEY: fromSecret(encryption, 'key'),
    WEBHOOK_URL: url('my-app'),
    GENERIC_TIMEZONE: home.timezone,
    N8N_SECURE_COOKIE: false,
  },
  scratch: ['/tmp', '/home/node/.cache'],
  files: { '/home/node/.n8n/binaryData': 'my-app/binary-data', '/home/node/.n8n/nodes': 'my-app/nodes' },
  dashboard: { title: 'Workflows' },
  // Take `first` out when it has run: from then on a missing replica stops it.
  database: { file: '/home/node/.n8n/database.sqlite', replica, first: 'new', expects: { tables: ['user'] } },
});

export default [encryption, app];
