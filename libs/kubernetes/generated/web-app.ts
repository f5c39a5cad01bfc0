// Made by tools/sync-schemas from web-app.schema.json. Make it again: npm run sync-schemas. Do not edit.
import type { Value } from '@home/terraform';
import type { Environment } from '../app/container';

/**
 * The folders that it writes into and that may go with its pod. All else of its root file system is read-only.
 */
export type Scratch = readonly string[];
/**
 * What starts the app, where it is not what the image says.
 *
 * @minItems 1
 */
export type Command = readonly Value<string>[];
/**
 * What the app is started with, where it is not what the image says.
 */
export type Args = readonly Value<string>[];
/**
 * Names and values, or where a value is kept.
 */
export type Env = Environment;
/**
 * Commands that run before it starts, one after the other, in its image and with all that it mounts; its database is there by then. While one fails, it does not start.
 */
export type Init = readonly Command[];
/**
 * Devices that it uses, by the names that `network.nodes[].devices` in libs/home/facts.ts gives them: it runs where they are.
 *
 * @minItems 1
 */
export type Devices = readonly string[];
export interface WebAppProps {
    readonly namespace: Value<string>;
    readonly image: Value<string>;
    /**
     * Why its image names no version, and so is another one some day.
     */
    readonly floatingImage?: string;
    /**
     * The port that the app listens on.
     */
    readonly port: number;
    /**
     * The first part of its address: `<host>.<domain>`.
     */
    readonly host: string;
    /**
     * The first parts of further addresses at which it answers.
     *
     * Items: The first part of its address: `<host>.<domain>`.
     */
    readonly aliases?: readonly string[];
    /**
     * Whether Traefik asks who is there before the app is asked anything: `logins` in the facts say how.
     */
    readonly login?: boolean;
    /**
     * Whether it is open to whoever reaches it, because it asks for a login by itself or has nothing to protect. Where the world knows the domain, each app says this or `login`.
     */
    readonly public?: boolean;
    /**
     * With `login`, the paths that it does not cover, and all below them: for programs that no login form can be shown to.
     *
     * @minItems 1
     */
    readonly publicPaths?: readonly string[];
    readonly ports?: Ports;
    /**
     * What the scheduler sets aside for it, such as `64Mi`.
     */
    readonly memory: string;
    /**
     * What it may take at most: with more, it is ended, and nothing beside it. Left out, it may take what there is.
     */
    readonly memoryLimit?: string;
    /**
     * What the scheduler sets aside of the processors, such as `100m`, a tenth of one; left out, nothing.
     */
    readonly cpu?: string;
    /**
     * What it may take of the processors at most; left out, what there is.
     */
    readonly cpuLimit?: string;
    readonly scratch?: Scratch;
    readonly files?: Files;
    readonly media?: Media;
    /**
     * Why it has to write elsewhere in its root file system too. Nothing of that is kept.
     */
    readonly writableRoot?: string;
    readonly user?: User;
    readonly root?: Root;
    /**
     * The path that answers when the app is well; without one, an open port counts.
     */
    readonly health?: string;
    readonly command?: Command;
    readonly args?: Args;
    readonly env?: Env;
    readonly dashboard?: DashboardEntry;
    readonly config?: Config;
    readonly database?: Database;
    readonly databases?: Databases;
    /**
     * How long the app may take from SIGTERM to its end; ten seconds, if left out. Litestream's last upload has what is left of the grace period.
     */
    readonly stopSeconds?: number;
    readonly init?: Init;
    readonly containers?: Containers;
    /**
     * On its node's own network, for what finds devices by broadcast. All ports that it names are then its node's.
     */
    readonly hostNetwork?: boolean;
    readonly devices?: Devices;
    readonly nodeSelector?: NodeSelector;
    /**
     * Why it needs its node's network, ports or devices, which Kubernetes' standard `restricted` refuses. Its namespace must grant that.
     */
    readonly beyondRestricted?: string;
}
/**
 * Further ports, by a name for each: inside the cluster they are the Service's, with `hostPort` also its node's.
 */
export interface Ports {
    readonly [k: string]: Port;
}
/**
 * A port of an app.
 */
export interface Port {
    /**
     * The port that the app listens on.
     */
    readonly port: number;
    /**
     * `TCP`, if left out.
     */
    readonly protocol?: ("TCP" | "UDP");
    /**
     * Its port on the node that it runs on.
     */
    readonly hostPort?: number;
    /**
     * The first part of an address of its own, for a port that speaks HTTP.
     */
    readonly host?: string;
}
/**
 * The folders whose files are kept, on the NAS' share: where each is in the container → which folder of the share it is. The one on the share stays when the app is renamed.
 */
export interface Files {
    readonly [k: string]: string;
}
/**
 * The folders of the NAS' media share that it reads, and cannot write: where each is in the container → which folder of that share it is. Other apps may have the same ones.
 */
export interface Media {
    readonly [k: string]: string;
}
/**
 * The user and group that it runs as; or, where it starts as root, that it becomes by itself. 1000 and 1000, if left out. Its Dockerfile says which can read its files.
 */
export interface User {
    readonly uid: number;
    readonly gid: number;
    /**
     * Further groups, such as the one that a device belongs to.
     */
    readonly groups?: readonly number[];
}
/**
 * For an app that has to start as root: why, and which of root's rights it needs. Its namespace must grant that.
 */
export interface Root {
    readonly why: string;
    /**
     * Such as `CHOWN` and `SETUID`; all others are dropped.
     */
    readonly capabilities?: readonly string[];
}
/**
 * How the dashboard shows an app.
 */
export interface DashboardEntry {
    readonly title: string;
    /**
     * The group it stands in; `Apps`, if left out.
     */
    readonly group?: string;
    /**
     * What its widget on the dashboard is told: https://gethomepage.dev/widgets/. `{{HOMEPAGE_VAR_…}}` stands for a key of the Secret that the dashboard reads.
     */
    readonly widget?: {
        readonly type: string;
        readonly [k: string]: string;
    };
}
export interface Config {
    readonly name: string;
    readonly files: {
        readonly [k: string]: Value<string>;
    };
    readonly mountedAt: string;
    /**
     * Mounts each file by itself, so that what else lies in the folder stays: for a file of settings among what an app keeps.
     */
    readonly subPath?: boolean;
}
/**
 * The SQLite database of an app.
 */
export interface Database {
    /**
     * The file's path in the app's container. Its folder belongs to the database alone: a volume is mounted over it.
     */
    readonly file: string;
    readonly replica: Replica;
    /**
     * The replica's path in its bucket; the app's name, if left out. It stays when an app is renamed: at a new path there is no replica, and so no data.
     */
    readonly path?: string;
    /**
     * `required`: without a replica the pod stops instead of starting empty. `new`: it may start empty.
     */
    readonly first?: ("required" | "new");
    /**
     * When the replica is verified: a cron schedule, in UTC; `replication.verifySchedule` of the home, if left out.
     */
    readonly verify?: string;
    readonly expects?: Expectations;
    readonly restore?: RestorePoint;
}
/**
 * What all replicated databases of a home have in common: the store on the NAS, the tools that read and write it, and who hears of a failure. `@home/platform/replication` exports the home's.
 */
export interface Replica {
    /**
     * `http(s)://host:port` of an S3 store; left out for AWS itself.
     */
    readonly endpoint?: string;
    readonly bucket: string;
    /**
     * Left out, Litestream asks AWS, or takes `us-east-1` where there is an endpoint.
     */
    readonly region?: string;
    /**
     * The certificate of the authority that an https endpoint's own was signed by, in PEM; left out, public authorities count.
     */
    readonly ca?: string;
    /**
     * The Secret, in the app's namespace, with `LITESTREAM_ACCESS_KEY_ID` and `LITESTREAM_SECRET_ACCESS_KEY`.
     */
    readonly secretName: string;
    /**
     * Changes with the credentials: containers read them when they start, so the pods restart.
     */
    readonly secretRevision: Value<number>;
    /**
     * True for the very first deploy of an empty home: every database then may start without a replica.
     */
    readonly firstDeploy: boolean;
    readonly images: {
        readonly litestream: string;
        readonly verify: string;
    };
    /**
     * What each Litestream container asks for, such as `48Mi`.
     */
    readonly memoryRequest: string;
    /**
     * What each Litestream container may take at most; left out, what a database of 1 GB needs: `384Mi`.
     */
    readonly memoryLimit?: string;
    /**
     * Who hears of the verification and of replication itself; left out, nobody does.
     */
    readonly alerts?: ({
        readonly kind: "healthchecks.io";
        readonly graceSeconds: number;
        /**
         * The kind of the account's notification channel, such as `email`.
         */
        readonly channel: string;
        readonly tags: readonly string[];
        readonly timezone: string;
    } | {
        readonly kind: "addresses";
        /**
         * The Secret, in the app’s namespace, with PING_SUCCESS and PING_FAILURE.
         */
        readonly secretName: string;
        /**
         * Changes with the credentials: containers read them when they start, so the pods restart.
         */
        readonly secretRevision: Value<number>;
    } | {
        readonly kind: "gotify";
        /**
         * The Secret, in the app’s namespace, with PING_SUCCESS and PING_FAILURE.
         */
        readonly secretName: string;
    });
}
/**
 * What tells this app's database from another's, and a full one from an empty one.
 */
export interface Expectations {
    /**
     * Tables that must be there.
     *
     * @minItems 1
     */
    readonly tables: readonly string[];
    /**
     * Those among the tables that must have rows.
     */
    readonly rows?: readonly string[];
    /**
     * `ignore` for an app that leaves rows behind whose parents it deleted.
     */
    readonly foreignKeys?: ("check" | "ignore");
    /**
     * For an app that is never quiet for so many days: its replica is stale when nothing was written for longer.
     */
    readonly writtenWithinDays?: number;
}
/**
 * Where to restore from, for one apply. The new pod notes it in the restored database, so that a later pod, for which it was not taken back yet, goes on from the newest state.
 */
export interface RestorePoint {
    /**
     * The newest state before this time, such as `2026-11-20T08:00:00Z`; left out, the newest there is.
     */
    readonly timestamp?: string;
    /**
     * Another path in the bucket.
     */
    readonly from?: string;
}
/**
 * Further SQLite databases of the same app, by a name for each. Its replica's path is `<app>-<name>`, unless it says otherwise.
 */
export interface Databases {
    readonly [k: string]: Database;
}
/**
 * What runs beside it in its pod, such as a Redis, by a name for each: it is reached at localhost, starts before the app and ends after it. It keeps nothing.
 */
export interface Containers {
    readonly [k: string]: FurtherContainer;
}
/**
 * A container beside the app.
 */
export interface FurtherContainer {
    readonly image: Value<string>;
    /**
     * Why its image names no version, and so is another one some day.
     */
    readonly floatingImage?: string;
    readonly command?: Command;
    readonly args?: Args;
    readonly env?: Env;
    /**
     * What the scheduler sets aside for it, such as `64Mi`.
     */
    readonly memory: string;
    /**
     * What it may take at most: with more, it is ended, and nothing beside it. Left out, it may take what there is.
     */
    readonly memoryLimit?: string;
    /**
     * What the scheduler sets aside of the processors, such as `100m`, a tenth of one; left out, nothing.
     */
    readonly cpu?: string;
    /**
     * What it may take of the processors at most; left out, what there is.
     */
    readonly cpuLimit?: string;
    readonly scratch?: Scratch;
    /**
     * Why it has to write elsewhere in its root file system too. Nothing of that is kept.
     */
    readonly writableRoot?: string;
    readonly user?: User;
    readonly root?: Root;
    /**
     * The port that it listens on: the app starts once it does.
     */
    readonly port?: number;
    /**
     * How long it may take from SIGTERM to its end, after the app's; five seconds, if left out.
     */
    readonly stopSeconds?: number;
}
/**
 * The labels of the nodes that it may run on; left out, all.
 */
export interface NodeSelector {
    readonly [k: string]: string;
}
/**
 * What a pod of the home may be given, whatever makes it.
 */
export interface AppProps {
    readonly namespace?: Value<string>;
    readonly image?: Value<string>;
    /**
     * Why its image names no version, and so is another one some day.
     */
    readonly floatingImage?: string;
    /**
     * What the scheduler sets aside for it, such as `64Mi`.
     */
    readonly memory?: string;
    /**
     * What it may take at most: with more, it is ended, and nothing beside it. Left out, it may take what there is.
     */
    readonly memoryLimit?: string;
    /**
     * What the scheduler sets aside of the processors, such as `100m`, a tenth of one; left out, nothing.
     */
    readonly cpu?: string;
    /**
     * What it may take of the processors at most; left out, what there is.
     */
    readonly cpuLimit?: string;
    readonly scratch?: Scratch;
    readonly files?: Files;
    readonly media?: Media;
    /**
     * Why it has to write elsewhere in its root file system too. Nothing of that is kept.
     */
    readonly writableRoot?: string;
    readonly user?: User;
    readonly root?: Root;
    readonly command?: Command;
    readonly args?: Args;
    readonly env?: Env;
    readonly config?: Config;
    readonly database?: Database;
    readonly databases?: Databases;
    /**
     * How long the app may take from SIGTERM to its end; ten seconds, if left out. Litestream's last upload has what is left of the grace period.
     */
    readonly stopSeconds?: number;
    readonly init?: Init;
    readonly containers?: Containers;
    readonly ports?: Ports;
    /**
     * On its node's own network, for what finds devices by broadcast. All ports that it names are then its node's.
     */
    readonly hostNetwork?: boolean;
    readonly devices?: Devices;
    readonly nodeSelector?: NodeSelector;
    /**
     * Why it needs its node's network, ports or devices, which Kubernetes' standard `restricted` refuses. Its namespace must grant that.
     */
    readonly beyondRestricted?: string;
}
/**
 * An app without an address.
 */
export interface WorkerProps {
    readonly namespace: Value<string>;
    readonly image: Value<string>;
    /**
     * Why its image names no version, and so is another one some day.
     */
    readonly floatingImage?: string;
    readonly command?: Command;
    readonly args?: Args;
    readonly env?: Env;
    /**
     * What the scheduler sets aside for it, such as `64Mi`.
     */
    readonly memory: string;
    /**
     * What it may take at most: with more, it is ended, and nothing beside it. Left out, it may take what there is.
     */
    readonly memoryLimit?: string;
    /**
     * What the scheduler sets aside of the processors, such as `100m`, a tenth of one; left out, nothing.
     */
    readonly cpu?: string;
    /**
     * What it may take of the processors at most; left out, what there is.
     */
    readonly cpuLimit?: string;
    readonly scratch?: Scratch;
    /**
     * Why it has to write elsewhere in its root file system too. Nothing of that is kept.
     */
    readonly writableRoot?: string;
    readonly user?: User;
    readonly root?: Root;
    readonly files?: Files;
    readonly media?: Media;
    readonly database?: Database;
    readonly databases?: Databases;
    /**
     * How long the app may take from SIGTERM to its end; ten seconds, if left out. Litestream's last upload has what is left of the grace period.
     */
    readonly stopSeconds?: number;
    readonly ports?: Ports;
    readonly config?: Config;
    readonly init?: Init;
    readonly containers?: Containers;
    /**
     * On its node's own network, for what finds devices by broadcast. All ports that it names are then its node's.
     */
    readonly hostNetwork?: boolean;
    readonly devices?: Devices;
    readonly nodeSelector?: NodeSelector;
    /**
     * Why it needs its node's network, ports or devices, which Kubernetes' standard `restricted` refuses. Its namespace must grant that.
     */
    readonly beyondRestricted?: string;
}
/**
 * What runs at certain times, and ends.
 */
export interface JobProps {
    readonly namespace: Value<string>;
    /**
     * When it runs: a cron schedule, in the home's time zone.
     */
    readonly schedule: string;
    readonly image: Value<string>;
    /**
     * Why its image names no version, and so is another one some day.
     */
    readonly floatingImage?: string;
    readonly command?: Command;
    readonly args?: Args;
    readonly env?: Env;
    /**
     * What the scheduler sets aside for it, such as `64Mi`.
     */
    readonly memory: string;
    /**
     * What it may take at most: with more, it is ended, and nothing beside it. Left out, it may take what there is.
     */
    readonly memoryLimit?: string;
    /**
     * What the scheduler sets aside of the processors, such as `100m`, a tenth of one; left out, nothing.
     */
    readonly cpu?: string;
    /**
     * What it may take of the processors at most; left out, what there is.
     */
    readonly cpuLimit?: string;
    readonly scratch?: Scratch;
    /**
     * Why it has to write elsewhere in its root file system too. Nothing of that is kept.
     */
    readonly writableRoot?: string;
    readonly user?: User;
    readonly root?: Root;
    readonly files?: Files;
    readonly media?: Media;
    readonly config?: Config;
    readonly init?: Init;
    readonly containers?: Containers;
    /**
     * On its node's own network, for what finds devices by broadcast. All ports that it names are then its node's.
     */
    readonly hostNetwork?: boolean;
    readonly devices?: Devices;
    readonly nodeSelector?: NodeSelector;
    /**
     * Why it needs its node's network, ports or devices, which Kubernetes' standard `restricted` refuses. Its namespace must grant that.
     */
    readonly beyondRestricted?: string;
}
/**
 * What runs on every node, or on those that the selector names. It keeps nothing.
 */
export interface DaemonProps {
    readonly namespace: Value<string>;
    readonly image: Value<string>;
    /**
     * Why its image names no version, and so is another one some day.
     */
    readonly floatingImage?: string;
    readonly command?: Command;
    readonly args?: Args;
    readonly env?: Env;
    /**
     * What the scheduler sets aside for it, such as `64Mi`.
     */
    readonly memory: string;
    /**
     * What it may take at most: with more, it is ended, and nothing beside it. Left out, it may take what there is.
     */
    readonly memoryLimit?: string;
    /**
     * What the scheduler sets aside of the processors, such as `100m`, a tenth of one; left out, nothing.
     */
    readonly cpu?: string;
    /**
     * What it may take of the processors at most; left out, what there is.
     */
    readonly cpuLimit?: string;
    readonly scratch?: Scratch;
    /**
     * Why it has to write elsewhere in its root file system too. Nothing of that is kept.
     */
    readonly writableRoot?: string;
    readonly user?: User;
    readonly root?: Root;
    /**
     * How long the app may take from SIGTERM to its end; ten seconds, if left out. Litestream's last upload has what is left of the grace period.
     */
    readonly stopSeconds?: number;
    readonly ports?: Ports;
    readonly config?: Config;
    readonly init?: Init;
    readonly containers?: Containers;
    /**
     * On its node's own network, for what finds devices by broadcast. All ports that it names are then its node's.
     */
    readonly hostNetwork?: boolean;
    readonly devices?: Devices;
    readonly nodeSelector?: NodeSelector;
    /**
     * Why it needs its node's network, ports or devices, which Kubernetes' standard `restricted` refuses. Its namespace must grant that.
     */
    readonly beyondRestricted?: string;
}
