import type { Value } from '@home/terraform';

/**
 * What all replicated databases of a home have in common: the store on the NAS, the tools that read and write it, and
 * who is told when something is wrong. `@home/platform/replication` exports the home's.
 */
export interface Replica {
  /** `http(s)://host:port` of an S3 store; left out for AWS itself. */
  readonly endpoint?: string;
  readonly bucket: string;
  /** Left out, Litestream asks AWS, or takes `us-east-1` where there is an endpoint. */
  readonly region?: string;
  /** The Secret, in the app's namespace, with `LITESTREAM_ACCESS_KEY_ID` and `LITESTREAM_SECRET_ACCESS_KEY`. */
  readonly secretName: string;
  /** Changes with the credentials: containers read them when they start, so the pods start anew. */
  readonly secretRevision: Value<number>;
  /** True for the very first deploy of an empty home: every database then may start without a replica. */
  readonly firstDeploy: boolean;
  readonly images: {
    readonly litestream: string;
    readonly verify: string;
  };
  /** What each Litestream container asks for, such as `48Mi`. */
  readonly memoryRequest: string;
  /** The healthchecks.io checks of a database: one for its verification, one for replication itself. */
  readonly alerts: {
    readonly graceSeconds: number;
    /** The kind of the account's notification channel, such as `email`. */
    readonly channel: string;
    readonly tags: readonly string[];
    readonly timezone: string;
  };
}
