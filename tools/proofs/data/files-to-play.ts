import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { dirname, join } from 'node:path';
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
 * Copies the generated files of a home, as they would be if its store were where the proxy listens.
 *
 * @param from the folder of the generated files
 * @param folder that of the copy, which has nothing else
 */
export function copyFilesToPlay(from: string, folder: string): void {
  const endpoints = endpointsIn(from);
  const files = readdirSync(from, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.tf.json') && !name.includes('.terraform/'),
  );
  for (const file of files) {
    const text = readFileSync(join(from, file), 'utf8');
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    writeFileSync(
      join(folder, file),
      endpoints.reduce((all, endpoint) => all.replaceAll(endpoint, proxyPlace(endpoint).url), text),
    );
  }
}

const endpointsIn = (from: string): string[] => [
  ...new Set(generatedReplicas(readGeneratedStack('workloads', from)).map(({ endpoint }) => endpoint)),
];
