import { isPlainObject } from '@home/terraform';
import { parse } from 'yaml';
import { secondsOf } from '../read/texts';
import { nestedBlocks } from '../read/known-body';

/** What the home reads of Litestream's configuration: https://litestream.io/reference/config/ */
export interface LitestreamSettings {
  /** From SIGTERM to Litestream's end. */
  readonly shutdownSeconds: number;
  /** How long the last upload is tried again and again. */
  readonly shutdownSyncSeconds: number;
  /** The files of the databases that it replicates, in its container. */
  readonly databases: readonly string[];
  readonly replicas: readonly LitestreamReplica[];
}

/** Where a database is replicated to. */
export interface LitestreamReplica {
  /** The database's file; empty where the configuration names none, as for a folder of databases. */
  readonly file: string;
  /** The store's address; empty for AWS itself. */
  readonly endpoint: string;
  /** Empty where a URL stands in its place. */
  readonly bucket: string;
  readonly path: string;
  /** `s3://bucket/path`, or as it is written. */
  readonly url: string;
}

/** Litestream's own settings, where its configuration says nothing. */
const defaultSeconds = 30;

/**
 * Reads Litestream's configuration, as constructs or people wrote it.
 *
 * @returns undefined when the text is no such configuration; whoever relies on its replicas must refuse that, since it
 *   does not mean that there are none
 */
export function readLitestreamConfig(text: string): LitestreamSettings | undefined {
  const config = parsed(text);
  if (config === undefined || !isList(config['dbs'])) return undefined;
  const seconds = (name: string): number => secondsOf(String(config[name])) ?? defaultSeconds;
  const databases = nestedBlocks(config['dbs']);
  if (!databases.every(({ replica, replicas }) => isList(replica) && isList(replicas))) return undefined;
  return {
    shutdownSeconds: seconds('shutdown-timeout'),
    shutdownSyncSeconds: seconds('shutdown-sync-timeout'),
    databases: databases.flatMap(({ path }) => (typeof path === 'string' ? [path] : [])),
    replicas: databases.flatMap(({ path, replica, replicas }) =>
      [...nestedBlocks(replica), ...nestedBlocks(replicas)].map((given) => readReplica(textOf(path), given)),
    ),
  };
}

function readReplica(file: string, given: Readonly<Record<string, unknown>>): LitestreamReplica {
  const [bucket, path] = [textOf(given['bucket']), textOf(given['path'])];
  const url = textOf(given['url']) || `s3://${bucket}/${path}`;
  return { file, endpoint: textOf(given['endpoint']), bucket, path, url: url.replace(/\/+$/, '') };
}

const textOf = (value: unknown): string => (value === undefined || value === null ? '' : String(value));

/** Tells whether a place holds nothing, or only what has members. */
const isList = (value: unknown): boolean =>
  value === undefined || value === null || [value].flat().every(isPlainObject);

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  // The constructs write JSON, which is quicker; by hand one writes YAML.
  for (const read of [JSON.parse, parse] as ((text: string) => unknown)[]) {
    try {
      const value = read(text);
      return isPlainObject(value) ? value : undefined;
    } catch {
      continue;
    }
  }
  return undefined;
}
