// AdGuard Home, DNS without advertisements. https://github.com/AdguardTeam/AdGuardHome
// It keeps its settings, statistics and log of queries in files on the NAS' share.
// It takes port 53 of its node: that of the home's own DNS cannot have it. Open on purpose at first: who comes first sets it up.
import { webApp } from '@home/kubernetes';
import { infra } from '../home';

export default webApp('my-app', {
  namespace: infra,
  // https://github.com/AdguardTeam/AdGuardHome/releases
  image: 'adguard/adguardhome:v0.107.79',
  // https://github.com/AdguardTeam/AdGuardHome/blob/v0.107.79/docker/build.Dockerfile: the ports, the folders, the arguments.
  port: 3000,
  host: 'my-app',
  memory: '96Mi',
  memoryLimit: '384Mi',
  args: ['-c', 'conf/AdGuardHome.yaml', '--web-addr', '0.0.0.0:3000'],
  root: {
    why: 'Its program has this capability of its own, and cannot start without.',
    capabilities: ['NET_BIND_SERVICE'],
  },
  ports: {
    'dns-udp': { port: 53, protocol: 'UDP', hostPort: 53 },
    'dns-tcp': { port: 53, hostPort: 53 },
  },
  beyondRestricted: 'Devices ask it at port 53 of its node.',
  files: { '/opt/adguardhome/conf': 'my-app/conf', '/opt/adguardhome/data': 'my-app/data' },
  dashboard: { title: 'AdGuard Home', group: 'Infra' },
});
