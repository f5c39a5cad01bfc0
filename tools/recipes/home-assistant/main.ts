// Home Assistant, lamps, sensors and switches. https://github.com/home-assistant/core
// It keeps the database of its history, and its settings and accounts on the NAS' share.
// It finds no device by broadcast: for that it would need its node's network. Open on purpose: who comes first sets it up.
import { home } from '@home/home';
import { webApp } from '@home/kubernetes';
import { apps, replica } from '../home';

const settings = `default_config:
automation: !include automations.yaml
script: !include scripts.yaml
scene: !include scenes.yaml
http: { use_x_forwarded_for: true, trusted_proxies: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7] }
recorder: { db_url: 'sqlite:////database/home-assistant.db' }
`;

export default webApp('my-app', {
  namespace: apps,
  // https://github.com/home-assistant/core/releases
  image: 'homeassistant/home-assistant:2026.5.4',
  // https://www.home-assistant.io/installation/linux#docker-compose: /config; it listens on 8123.
  port: 8123,
  host: 'my-app',
  memory: '512Mi',
  memoryLimit: '1536Mi',
  health: '/manifest.json',
  // Its own entrypoint would be root, and so would its database, which Litestream then could not read.
  command: ['python3', '-m', 'homeassistant', '--config', '/config'],
  env: { TZ: home.timezone, HOME: '/config' },
  scratch: ['/tmp'],
  // https://www.home-assistant.io/docs/configuration/ and https://www.home-assistant.io/integrations/recorder/
  init: [['touch', '/config/automations.yaml', '/config/scripts.yaml', '/config/scenes.yaml']],
  config: { name: 'my-app', files: { 'configuration.yaml': settings }, mountedAt: '/config', subPath: true },
  files: { '/config': 'my-app' },
  dashboard: { title: 'Home Assistant' },
  // Take `first` out when it has run: from then on a missing replica stops it.
  database: { file: '/database/home-assistant.db', replica, first: 'new', expects: { tables: ['states'] } },
});
