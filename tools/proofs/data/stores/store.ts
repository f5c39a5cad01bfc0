import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readProgram } from '@home/command';
import type { Program } from '../../engine';

/** Where a server listens. */
export interface Place {
  readonly address: string;
  /** A key and a certificate, both PEM, for https. */
  readonly identity?: { readonly key: string; readonly cert: string };
}

/** What somebody signs with. */
export interface Keys {
  readonly id: string;
  readonly secret: string;
}

/** Runs a client of S3; `home/…` are paths as the owner of the store sees them, `user/…` as the pods' user does. */
export type Client = (...args: readonly string[]) => Promise<string>;

/** The users of the pods have it in every store. */
export const userSecret = 'proof-user-secret';

/** An S3 server with a bucket for the replicas, and a user that may do in it what Litestream does. */
export interface Store {
  readonly address: string;
  readonly bucket: string;
  /** Those of the user. */
  readonly keys: Keys;
  readonly client: Client;
  /** The folder that has what is in the bucket, where that are the objects themselves. */
  readonly folder?: string;
  /** Asks for all users of the store, as whoever has these keys. */
  readonly listUsers: (keys: Keys) => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** Whoever may do all. */
export const root: Keys = { id: 'proof-root', secret: 'proof-root-password' };

/** What a place is called by a client. */
export const urlOf = ({ address, identity }: Place): string =>
  `${identity === undefined ? 'http' : 'https'}://${address}`;

/**
 * A client for a server, once that answers.
 *
 * @param mc the path of MinIO's client, which speaks S3 with any store
 * @param folder where it may keep what it is told
 * @throws Error with the server's last line, when it does not come up
 */
export async function clientFor(mc: string, folder: string, server: Program, place: Place): Promise<Client> {
  const env = { PATH: process.env['PATH'], HOME: folder };
  const client: Client = (...args) =>
    readProgram(mc, ['--config-dir', join(folder, 'client'), '--quiet', '--insecure', ...args], { env });
  for (let attempt = 0; ; attempt++) {
    try {
      await client('alias', 'set', 'home', urlOf(place), root.id, root.secret);
      return client;
    } catch (cause) {
      if (attempt >= 100 || server.ended() !== undefined)
        throw new Error(`The S3 server did not come up: ${server.lines.at(-1) ?? ''}`, { cause });
      await sleep(100);
    }
  }
}
