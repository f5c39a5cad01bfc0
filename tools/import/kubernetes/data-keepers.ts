/** A program whose files only a disk of the machine itself may hold, told by its image. */
interface DataKeeper {
  /** The end of the image's name, without its tag. */
  readonly image: RegExp;
  /** What its tag holds, where images of one name keep their data at different places. */
  readonly tag?: string;
  /** The folder that it writes, where nothing is mounted there either; for an app the file of its SQLite database. */
  readonly data?: string;
  readonly sqlite?: string;
}

const server = (image: string, data?: string): DataKeeper => ({
  image: new RegExp(`(^|[/_-])(${image})$`),
  ...(data !== undefined && { data }),
});

const app = (image: string, sqlite: string): DataKeeper => ({
  image: new RegExp(`(^|/)${image}$`),
  sqlite,
});

/** Servers of databases. Redis counts where it is given a place, and is a cache otherwise. */
const servers: readonly DataKeeper[] = [
  server(
    'postgres|postgresql|postgis|timescaledb|timescaledb-ha|pgvector|pgvecto-rs',
    '/var/lib/postgresql/data',
  ),
  server('mysql|mysql-server|percona|percona-server|mariadb|mariadb-galera', '/var/lib/mysql'),
  server('mongo|mongodb|mongodb-community-server', '/data/db'),
  server('redis|redis-stack|redis-stack-server|valkey|keydb|dragonfly'),
  server('influxdb', '/var/lib/influxdb2'),
  server('clickhouse-server|clickhouse', '/var/lib/clickhouse'),
  server('couchdb', '/opt/couchdb/data'),
  server('elasticsearch|opensearch', '/usr/share/elasticsearch/data'),
  server('cassandra|scylla', '/var/lib/cassandra'),
  server('neo4j', '/data'),
  server('meilisearch', '/meili_data'),
  server('mssql/server', '/var/opt/mssql'),
];

/** Apps that keep an SQLite database unless they are told otherwise, and its file. */
const apps: readonly DataKeeper[] = [
  app('sonarr', '/config/sonarr.db'),
  app('radarr', '/config/radarr.db'),
  app('lidarr', '/config/lidarr.db'),
  app('readarr', '/config/readarr.db'),
  app('prowlarr', '/config/prowlarr.db'),
  app('bazarr', '/config/db/bazarr.db'),
  app('tautulli', '/config/tautulli.db'),
  app('jellyfin', '/config/data/jellyfin.db'),
  app('jellyseerr', '/app/config/db/db.sqlite3'),
  app('overseerr', '/app/config/db/db.sqlite3'),
  app('audiobookshelf', '/config/absdatabase.sqlite'),
  app('navidrome', '/data/navidrome.db'),
  app('home-assistant', '/config/home-assistant_v2.db'),
  app('uptime-kuma', '/app/data/kuma.db'),
  app('grafana(-oss|-enterprise)?', '/var/lib/grafana/grafana.db'),
  // https://github.com/go-gitea/gitea/blob/main/docker/rootless/etc/templates/app.ini
  { ...app('(gitea|forgejo)', '/var/lib/gitea/data/gitea.db'), tag: 'rootless' },
  app('gitea', '/data/gitea/gitea.db'),
  app('forgejo', '/data/gitea/gitea.db'),
  app('gotify/server', '/app/data/gotify.db'),
  app('ntfy', '/var/cache/ntfy/cache.db'),
  app('vaultwarden/server', '/data/db.sqlite3'),
  app('linkding', '/etc/linkding/data/db.sqlite3'),
  app('memos', '/var/opt/memos/memos_prod.db'),
  app('mealie', '/app/data/mealie.db'),
  app('grocy', '/config/data/grocy.db'),
  app('homebox', '/data/homebox.db'),
  app('n8n', '/home/node/.n8n/database.sqlite'),
  app('nocodb', '/usr/app/data/noco.db'),
  app('headscale', '/var/lib/headscale/db.sqlite'),
  app('paperless-ngx', '/usr/src/paperless/data/db.sqlite3'),
  app('pocketbase', '/pb/pb_data/data.db'),
  app('pihole', '/etc/pihole/pihole-FTL.db'),
];

/**
 * Whose data an image keeps, where it is one that NFS would break: a server of databases, or an app with SQLite.
 *
 * @param image with or without its tag
 */
export function dataKeeperOf(image: string): DataKeeper | undefined {
  const [, repository = '', tag = ''] = /^([^@]*?)(:[^/@]*)?(?:@.*)?$/.exec(image) ?? [];
  const isMatch = (one: DataKeeper): boolean => one.image.test(repository) && tag.includes(one.tag ?? '');
  return apps.find(isMatch) ?? servers.find(isMatch);
}
