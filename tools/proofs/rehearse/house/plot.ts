import { join, resolve } from 'node:path';
import { addressOf, home } from '@home/home';
import type { Plot } from './house';
import { realSystems } from './real-systems';

/** As Node's own modules name it, when they connect: `https://[fd00::3]:6443` → `fd00::3:6443` */
function apiOf(endpoint: string): string {
  const { hostname, port } = new URL(endpoint);
  return `${hostname.replace(/^\[|\]$/g, '')}:${port || 443}`;
}

/**
 * Where and with what the home of this workspace is rehearsed.
 *
 * @param folder where all of it happens
 */
export function plotIn(folder: string): Plot {
  return {
    from: resolve(__dirname, '../../../..'),
    folder: join(folder, 'first'),
    saves: join(folder, 'saves'),
    network: {
      machines: home.machines.map(addressOf),
      entry: home.entry.addresses.map((address) => {
        const node = home.entry.nodes.find(({ addresses: { v4, v6 } }) => [v4, v6].includes(address));
        return { address, machine: node && addressOf(node) };
      }),
      secured: home.https === undefined ? undefined : home.domain,
      api: apiOf(home.cluster.endpoint),
    },
    binary: home.terraform.binary,
    real: realSystems(process.env, home.cluster.kubeconfigContext),
  };
}
