import type { Block } from '@home/terraform';
import type { Database } from './database';

/** What of an app's pod the database's parts depend on. */
export interface ReplicatedApp {
  readonly namespace: string;
  /** `app.kubernetes.io/…`: on all that is made here. */
  readonly labels: Readonly<Record<string, string>>;
  readonly database: Database;
  /** How long the app may take from SIGTERM to its end. */
  readonly stopSeconds: number;
}

/** A database's own blocks, and what the pod of its app needs. */
export interface ReplicatedDatabase {
  readonly blocks: readonly Block[];
  /** For the pod template's metadata: they change when the pod has to start anew. */
  readonly annotations: Readonly<Record<string, unknown>>;
  /** `template.spec.init_container`: the restore, then Litestream as a native sidecar. */
  readonly initContainers: readonly object[];
  /** `template.spec.volume`. */
  readonly volumes: readonly object[];
  /** The app container's `volume_mount`. */
  readonly appMounts: readonly object[];
  /** `template.spec.security_context`: the group that owns the volume. */
  readonly podSecurity: { readonly fs_group?: string };
  /** `template.spec.termination_grace_period_seconds`: the app's own stop, then the last upload. */
  readonly gracePeriodSeconds: number;
}

/** The signature of `replicatedDatabase(name, app)`. */
export type MakeReplicatedDatabase = (name: string, app: ReplicatedApp) => ReplicatedDatabase;
