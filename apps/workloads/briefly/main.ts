// Briefly, the morning's news from feeds. https://github.com/LukasKnuth/briefly
// It keeps nothing: feeds are fetched anew at every start. Open on purpose: it has no accounts.
import { home } from '@home/home';
import { filesBeside, webApp } from '@home/kubernetes';
import { apps } from '@home/platform/namespaces';

export default webApp('briefly', {
  namespace: apps,
  image: 'ghcr.io/lukasknuth/briefly:0.1.3',
  port: 4000,
  host: 'feed',
  public: true,
  memory: '64Mi',
  memoryLimit: '192Mi',
  // https://github.com/LukasKnuth/briefly/blob/0.1.3/Dockerfile: nobody, whose its files are.
  user: { uid: 65534, gid: 65534 },
  env: {
    TZ: home.timezone,
    CRON_REFRESH: '30 7 * * *',
    // Erlang would listen for other nodes, and the cookie that they need is in the public image.
    RELEASE_DISTRIBUTION: 'none',
    // Its time zones are those of the image: it would write newer ones into its own folders, and fail at it for ever.
    // https://github.com/lau/tzdata/issues/52
    ERL_ZFLAGS: '-tzdata autoupdate disabled',
  },
  dashboard: { title: 'Feed' },
  config: { name: 'news-feeds', files: filesBeside(__dirname, 'feeds.yml'), mountedAt: '/etc/briefly/' },
});
