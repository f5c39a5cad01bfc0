import { longestGraceSeconds } from '@home/home';
import { ownKey } from '../app/labels';
import type { Replica } from '../generated/web-app';
import type { SettledDatabase } from './settle-database';

/**
 * A write waits for the next look at the database, and then for the next upload: twice this at the most. Only a
 * database that is being written to is uploaded.
 */
const halfInterval = '500ms';

/** How long a replicated pod may take to stop: Talos' drain looks again after the pod's end before it gives up. */
export const gracePeriodSeconds = longestGraceSeconds - 5;

/** What Litestream needs besides for closing the database, and Kubernetes for ending a container. */
export const marginSeconds = 5;

/** How long Litestream may take to send what is left: the rest of the grace period, after its app has stopped. */
const lastUploadSeconds = (stopSeconds: number): number => gracePeriodSeconds - stopSeconds - marginSeconds;

/** The annotation of a pod that says how many seconds its app takes to stop; a rule holds the grace period against it. */
export const stopSecondsAnnotation = (): string => ownKey('stop-seconds');

/**
 * Litestream's configuration for one database: what a home uses of the 0.5 line. A key that Litestream does not know is
 * ignored by it without a word. https://litestream.io/reference/config/
 *
 * @returns JSON, which is YAML too and quicker to write and to read by a hundred times; Litestream fills in
 *   `${LITESTREAM_HEARTBEAT_URL}` from its environment
 */
export function litestreamConfig({ file, replica, path, stopSeconds }: SettledDatabase): string {
  const lastUpload = lastUploadSeconds(stopSeconds);
  const config = {
    logging: { type: 'json', level: 'info' },
    'heartbeat-url': '${LITESTREAM_HEARTBEAT_URL}',
    'heartbeat-interval': '5m',
    // From SIGTERM to Litestream's end, whatever is left to do; and how long the last upload is tried again and again.
    'shutdown-timeout': `${lastUpload + 3}s`,
    'shutdown-sync-timeout': `${lastUpload}s`,
    // Longer than two verifications are apart: what the second one finds can still be undone.
    snapshot: { interval: '24h', retention: '360h' },
    validation: { interval: '6h' },
    dbs: [
      {
        path: file,
        'monitor-interval': halfInterval,
        replica: { type: 's3', ...store(replica), path, 'sync-interval': halfInterval },
      },
    ],
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}

/** Stores other than AWS have no subdomain per bucket; the NAS has no certificate that anyone could verify. */
function store({ endpoint, bucket, region }: Replica) {
  return {
    ...(endpoint === undefined ? {} : { endpoint, 'force-path-style': true }),
    ...(region === undefined ? {} : { region }),
    bucket,
    ...(endpoint?.startsWith('http:') ? { 'skip-verify': true } : {}),
  };
}
