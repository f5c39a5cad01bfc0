import { type DataSources, resource } from '@home/providers';
import type { Block, Value } from '@home/terraform';
import { environment, resources, securityAs } from '../app/container';
import { podSecurity } from '../app/pods';
import type { SettledDatabase } from './settle-database';
import { trustStore } from './trust-store';

/** Whom the checks of a database tell when they fail. */
export type AlertChannel = Block<DataSources['healthchecksio_channel']['attributes']>;

/**
 * The healthchecks.io check of a database's verification, and the job that restores the replica and looks into it.
 *
 * @param configMap the ConfigMap with `litestream.yml`
 */
export function verifyReplica(
  database: SettledDatabase,
  configMap: Value<string>,
  channel: AlertChannel,
): Block[] {
  const { name, namespace, labels, expects } = database;
  const { alerts, images, memoryRequest, secretName } = database.replica;
  const full = `${name}-litestream-verify`;
  const trust = trustStore(database.replica, 'config');
  const check = resource('healthchecksio_check', full, {
    name: full,
    desc: `Restores the replica of ${name} and checks it.`,
    schedule: database.verify,
    timezone: alerts.timezone,
    grace: alerts.graceSeconds,
    tags: alerts.tags,
    channels: [channel.ref.id],
  });
  const metadata = { name: full, namespace, labels };
  const job = resource('kubernetes_cron_job_v1', full, {
    metadata,
    spec: {
      schedule: database.verify,
      concurrency_policy: 'Forbid',
      failed_jobs_history_limit: 3,
      successful_jobs_history_limit: 1,
      job_template: {
        metadata: { labels },
        spec: {
          completions: 1,
          // The NAS may be away for a moment; a replica that is broken is so three times.
          backoff_limit: 2,
          template: {
            // A name of its own: with the app's, the app's Service would send people to this pod.
            metadata: { labels: { ...labels, 'app.kubernetes.io/name': full } },
            spec: {
              restart_policy: 'Never',
              automount_service_account_token: false,
              enable_service_links: false,
              container: [
                {
                  name: 'litestream-validate',
                  image: images.verify,
                  env: environment({
                    ...trust.env,
                    APP_DB_PATH: database.file,
                    // Its root file system is read-only, and sqlite3 sorts what is large in a file.
                    TMPDIR: '/scratch',
                    HEALTHCHECKS_IO_URL: check.ref.ping_url,
                    EXPECTED_TABLES: expects?.tables.join(' '),
                    TABLES_WITH_ROWS: expects?.rows?.join(' '),
                    FOREIGN_KEYS: expects?.foreignKeys,
                    WRITTEN_WITHIN_DAYS: expects?.writtenWithinDays,
                  }),
                  env_from: [{ secret_ref: { name: secretName } }],
                  resources: resources(memoryRequest, database.memoryLimit),
                  security_context: securityAs(verifier),
                  volume_mount: [
                    {
                      name: 'config',
                      mount_path: '/etc/litestream.yml',
                      sub_path: 'litestream.yml',
                      read_only: true,
                    },
                    ...trust.mounts,
                    { name: 'scratch', mount_path: '/scratch' },
                  ],
                },
              ],
              volume: [
                { name: 'config', config_map: { name: configMap } },
                { name: 'scratch', empty_dir: {} },
              ],
              security_context: { ...podSecurity, fs_group: String(verifier.gid) },
            },
          },
        },
      },
    },
  });
  return [check, job];
}

/** The user of our own image; it owns nothing but the scratch volume. */
const verifier = { uid: 65532, gid: 65532 };
