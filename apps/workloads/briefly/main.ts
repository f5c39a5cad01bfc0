// Briefly, the morning's news from feeds. https://github.com/LukasKnuth/briefly
import { home } from '@home/home';
import { filesBeside, webApp } from '@home/kubernetes';
import { apps } from '@home/platform/namespaces';

export default webApp('briefly', {
  namespace: apps,
  image: 'ghcr.io/lukasknuth/briefly:0.1.3',
  port: 4000,
  host: 'feed',
  memory: '64Mi',
  env: { TZ: home.timezone, CRON_REFRESH: '30 7 * * *' },
  dashboard: { title: 'Feed' },
  config: { name: 'news-feeds', files: filesBeside(__dirname, 'feeds.yml'), mountedAt: '/etc/briefly/' },
});
