// Home Assistant, lamps, sensors and switches. https://github.com/home-assistant/core
// It keeps the database of its history, and its settings and accounts on the NAS' share.
// It finds no device by broadcast: for that it would need its node's network. Open on purpose: who comes first sets it up.
import { home } from '@home/home';
import { webApp } from '@home/kubernetes';
import { appsAsRoot, replica } from '../home';

const settings = `default_config:
http: { use_x_forwarded_for: true, trusted_proxies: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7] }
recorder: { db_url: 'sqlite:////database/home-assistant.db' }
`;

export default webApp('my-app', {
  namespace: appsAsRoot,
  // https://github.com/home-assistant/core/releases
  image: 'homeassistant/home-assistant:2026.5.4',
  // https://www.home-assistant.io/installation/linux#docker-compose: /config; it listens on 8123.
  port: 8123,
  host: 'my-app',
  memory: '512Mi',
  memoryLimit: '1536Mi',
  health: '/manifest.json',
  root: { why: 'Its image starts as root, and installs what integrations need.' },
  writableRoot: 'It installs what integrations need among its own files, anew with each pod.',
  env: { TZ: home.timezone },
  // https://www.home-assistant.io/docs/configuration/ and https://www.home-assistant.io/integrations/recorder/
  config: { name: 'my-app', files: { 'configuration.yaml': settings }, mountedAt: '/config', subPath: true },
  files: { '/config': 'my-app' },
  dashboard: { title: 'Home Assistant' },
  // Take `first` out when it has run: from then on a missing replica stops it.
  database: { file: '/database/home-assistant.db', replica, first: 'new', expects: { tables: ['states'] } },
});
