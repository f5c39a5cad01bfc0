// Syncthing, the same folders on several devices. https://github.com/syncthing/syncthing
// It keeps its settings, its keys and what it syncs in files on the NAS' share. Its index of them is made anew, by reading all.
// Open on purpose at first: set a password under Settings, GUI.
import { webApp } from '@home/kubernetes';
import { infra } from '../home';

export default webApp('my-app', {
  namespace: infra,
  // https://github.com/syncthing/syncthing/releases
  image: 'syncthing/syncthing:2.1.3',
  // https://github.com/syncthing/syncthing/blob/v2.1.3/Dockerfile: the ports, the health, /var/syncthing, and the user 1000.
  port: 8384,
  host: 'my-app',
  memory: '128Mi',
  memoryLimit: '512Mi',
  health: '/rest/noauth/health',
  ports: {
    'sync-tcp': { port: 22000, hostPort: 22000 },
    'sync-udp': { port: 22000, protocol: 'UDP', hostPort: 22000 },
    discovery: { port: 21027, protocol: 'UDP', hostPort: 21027 },
  },
  beyondRestricted: 'Devices find it and sync with it at these ports of its node.',
  // https://github.com/syncthing/syncthing/blob/v2.1.3/lib/locations/locations.go: its index is SQLite, which no share bears.
  scratch: ['/tmp', '/var/syncthing/config/index-v2'],
  files: { '/var/syncthing': 'my-app' },
  dashboard: { title: 'Sync' },
});
