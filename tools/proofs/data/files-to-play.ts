import { cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { generatedReplicas, readGeneratedStack } from '@home/generated';

/** An address that documents use; the proof's network always has it, for a store that pods reach. */
export const spareHost = '198.51.100.9';

/** Stands for a store that has a name, or is spoken to over https. */
const standIn = `http://${spareHost}:9000`;

/** Where the proxy listens, which pods take for their store: an address of their network, over http. */
export function proxyPlace(endpoint: string): {
  readonly host: string;
  readonly port: number;
  readonly url: string;
} {
  const { protocol, hostname, port } = new URL(endpoint);
  const host = hostname.replace(/^\[|\]$/g, '');
  if (protocol !== 'http:' || isIP(host) === 0) return proxyPlace(standIn);
  return { host, port: Number(port || 80), url: endpoint };
}

/** The addresses of the stores that generated files name, as the proof's network has them. */
export const storeAddresses = (from: string): string[] =>
  endpointsIn(from).map((endpoint) => proxyPlace(endpoint).host);

/**
 * The generated files of a home, as they would be if its store were where the proxy listens.
 *
 * @param from the folder of the generated files
 * @param folder where a copy may be put
 * @returns the folder of the files to play
 */
export function filesToPlay(from: string, folder: string): string {
  const moved = endpointsIn(from).filter((endpoint) => proxyPlace(endpoint).url !== endpoint);
  if (moved.length === 0) return from;
  cpSync(from, folder, { recursive: true, filter: (path) => !path.endsWith('.terraform') });
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.tf.json'),
  );
  for (const file of files) {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    writeFileSync(
      path,
      moved.reduce((all, endpoint) => all.replaceAll(endpoint, proxyPlace(endpoint).url), text),
    );
  }
  return folder;
}

const endpointsIn = (from: string): string[] => [
  ...new Set(generatedReplicas(readGeneratedStack('workloads', from)).map(({ endpoint }) => endpoint)),
];
