import { resource } from '@home/providers';
import type { Block, Value } from '@home/terraform';
import { environment, resources, securityAs } from '../app/container';
import { podSecurity } from '../app/pods';
import type { Alerts } from './alerts';
import type { SettledDatabase } from './settle-database';
import { trustStore } from './trust-store';

/**
 * The job that restores the replica of a database and looks into it, and what its reports take.
 *
 * @param configMap the ConfigMap with `litestream.yml`
 * @param alerts who hears of it
 */
export function verifyReplica(database: SettledDatabase, configMap: Value<string>, alerts: Alerts): Block[] {
  const { name, namespace, labels, expects } = database;
  const { images, memoryRequest, secretName } = database.replica;
  const full = `${name}-litestream-verify`;
  const trust = trustStore(database.replica, 'config');
  const reporting = alerts.verification({
    desc: `Restores the replica of ${name} and checks it.`,
    schedule: database.verify,
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
                    ...reporting.env,
                    EXPECTED_TABLES: expects?.tables.join(' '),
                    TABLES_WITH_ROWS: expects?.rows?.join(' '),
                    FOREIGN_KEYS: expects?.foreignKeys,
                    WRITTEN_WITHIN_DAYS: expects?.writtenWithinDays,
                  }),
                  env_from: [{ secret_ref: { name: secretName } }, ...reporting.envFrom],
                  resources: resources({ memory: memoryRequest, memoryLimit: database.memoryLimit }),
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
  return [...reporting.blocks, job];
}

/** The user of our own image; it owns nothing but the scratch volume. */
const verifier = { uid: 65532, gid: 65532 };
