import { resolve } from 'node:path';
import type { Patient } from './finding';

/** The files that let their owner into the cluster: kubeconfig and talosconfig. */
export const accessFiles = ({ root, environment }: Patient): string[] => [
  resolve(root, environment['KUBE_CONFIG_PATH'] || 'kubeconfig'),
  resolve(root, environment['TALOSCONFIG'] || 'talosconfig'),
];
