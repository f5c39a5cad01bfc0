import { home } from '@home/home';
import type { Mistake } from './given-props';
import type { PodPart } from './pods';

/** The nodes of the home that have all of certain devices. */
export const nodesWith = (devices: readonly string[]) =>
  home.network.nodes.filter((node) => devices.every((device) => node.devices?.[device] !== undefined));

/**
 * What a pod needs to use devices of its node, at the paths that they have there. A path that ends in a slash is a folder
 * of devices; of one that is missing the runtime would make a folder, so Kubernetes is told what it is.
 */
export function devicesOf(devices: readonly string[]): PodPart {
  const [node] = nodesWith(devices);
  const used = devices.map((device) => {
    const path = node?.devices?.[device] ?? '';
    const type = path.endsWith('/') ? 'Directory' : 'CharDevice';
    return { name: `device-${device}`, path: path.replace(/\/$/, ''), type };
  });
  return {
    volumes: used.map(({ name, path, type }) => ({ name, host_path: { path, type } })),
    mounts: used.map(({ name, path }) => ({ name, mount_path: path })),
  };
}

/** Checks that some node has all devices of an app, and that they lie at one path wherever it may run. */
export function* checkDevices(devices: readonly string[]): Generator<Mistake> {
  for (const [index, device] of devices.entries()) {
    const prop = `devices[${index}] "${device}"`;
    const paths = new Set(nodesWith([device]).map((node) => node.devices?.[device]));
    if (paths.size === 0) {
      const what = `${prop} must be a device of a node, but libs/home/facts.ts names none of that name`;
      yield { what, remedy: `Write devices: { ${device}: '/dev/…' } at the node that has it` };
    } else if (paths.size > 1) {
      const what = `${prop} must lie at one path, but nodes have it at ${[...paths].join(' and ')}`;
      yield { what, remedy: 'Give one of the two another name in libs/home/facts.ts' };
    }
  }
  const known = devices.every((device) => nodesWith([device]).length > 0);
  if (!known || nodesWith(devices).length > 0) return;
  yield {
    what: `devices ${devices.join(', ')} must be devices of one node, but none has all of them`,
    remedy: 'Take one out, or plug them into one machine',
  };
}
