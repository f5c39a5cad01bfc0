import { type Block } from '@home/terraform';
import { container, makesPods, object } from '../example-home';

/** What is different about a replicated app of a test. */
export interface ReplicatedExample {
  readonly type?: 'stateful_set' | 'deployment' | 'daemon_set';
  /** Litestream's configuration; YAML, since that is what people write. */
  readonly config?: unknown;
  /** The key of that configuration in its ConfigMap. */
  readonly file?: string;
  readonly litestream?: object;
  readonly spec?: object;
  readonly podSpec?: object;
  readonly annotations?: unknown;
}

/** A pod whose database Litestream replicates as it should, and the ConfigMap with its configuration. */
export function replicatedApp(name: string, given: ReplicatedExample = {}): Block[] {
  const {
    type = 'stateful_set',
    config = litestreamYaml(name),
    file = 'litestream.yml',
    litestream = {},
    spec,
    podSpec,
    annotations,
  } = given;
  const sidecar = container({
    name: 'litestream',
    image: 'litestream/litestream:0.5.18',
    restart_policy: 'Always',
    args: ['replicate'],
    volume_mount: [{ name: 'config', mount_path: '/etc/litestream.yml', sub_path: 'litestream.yml' }],
    ...litestream,
  });
  const pods = makesPods(name, {
    type,
    spec,
    metadata: { annotations },
    podSpec: {
      termination_grace_period_seconds: 70,
      init_container: [sidecar],
      volume: [{ name: 'config', config_map: { name: `${name}-config` } }],
      ...podSpec,
    },
  });
  return [object('config_map', `${name}-config`, { data: { [file]: config } }), pods];
}

/** Litestream's configuration for one database on the NAS. */
export const litestreamYaml = (
  path: string,
  timeouts = 'shutdown-timeout: 58s\nshutdown-sync-timeout: 55s',
): string =>
  `${timeouts}\ndbs:\n  - path: /data/app.db\n    replica: { type: s3, endpoint: "http://nas:9000", bucket: replica, path: ${path} }\n`;
