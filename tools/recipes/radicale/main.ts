// Radicale, calendars and contacts for CalDAV and CardDAV. https://github.com/Kozea/Radicale
// It keeps everything in files on the NAS' share, and has no database.
// Who may sign in stands in the file `users` there, a line for each: `htpasswd -B -c users NAME` writes one.
import { webApp } from '@home/kubernetes';
import { apps } from '../home';

const settings = `[server]
hosts = 0.0.0.0:5232, [::]:5232
[auth]
type = htpasswd
htpasswd_filename = /var/lib/radicale/users
`;

export default webApp('my-app', {
  namespace: apps,
  // https://github.com/Kozea/Radicale/pkgs/container/radicale
  image: 'ghcr.io/kozea/radicale:3.8.1',
  // https://github.com/Kozea/Radicale/blob/v3.8.1/Dockerfile: 5232, /var/lib/radicale, and the user radicale, who is 1000.
  port: 5232,
  host: 'my-app',
  memory: '64Mi',
  memoryLimit: '256Mi',
  health: '/.web/',
  // Left out, it lets nobody in. https://github.com/Kozea/Radicale/blob/v3.8.1/DOCUMENTATION.md
  config: { name: 'my-app', files: { config: settings }, mountedAt: '/etc/radicale' },
  scratch: ['/tmp'],
  files: { '/var/lib/radicale': 'my-app' },
  dashboard: { title: 'Calendars' },
});
