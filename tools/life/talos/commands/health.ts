import type { Chore } from '../chore';
import { talosAddress } from '@life/machines';
import { type Workplace } from '../chore';
import { controlPlanes, talosctl, workers } from '../talosctl';

/** Waits until Talos, etcd and Kubernetes are well on all machines. */
export async function waitForHealth(workplace: Workplace): Promise<void> {
  const [first] = controlPlanes(workplace);
  const planes = controlPlanes(workplace).map(talosAddress);
  const others = workers(workplace).map(talosAddress);
  await workplace.shell.run(
    talosctl(
      workplace,
      first === undefined ? [] : [first],
      'health',
      '--control-plane-nodes',
      planes.join(','),
      ...(others.length > 0 ? ['--worker-nodes', others.join(',')] : []),
    ),
  );
}

export const health: Chore = {
  usage: 'health',
  summary: 'waits until Talos, etcd and Kubernetes are well on all machines',
  async run(workplace) {
    await waitForHealth(workplace);
    return 0;
  },
};
