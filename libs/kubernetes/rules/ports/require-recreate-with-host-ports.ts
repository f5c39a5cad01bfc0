import { type Rule } from '@home/terraform';
import { formatPort, hostPortsOf } from '../../read/ports';
import { isOpen, nestedBlock } from '../../read/known-body';
import { placeOf } from '../../read/objects';
import { podsIn } from '../../read/pods';

/** A Deployment that takes a port of its node ends the old pod first: the new one could not start beside it. */
export const requireRecreateWithHostPorts: Rule = {
  name: 'require-recreate-with-host-ports',
  check: (home) =>
    podsIn(home).flatMap((pod) => {
      const [port] = hostPortsOf(pod);
      if (pod.maker.kind !== 'deployment' || port === undefined || endsOldPodFirst(pod.makerSpec['strategy']))
        return [];
      return [
        {
          where: placeOf(pod.owned),
          what: `the pod with host port ${formatPort(port)} must end before its successor starts`,
          remedy: "Use strategy: { type: 'Recreate' }",
        },
      ];
    }),
};

function endsOldPodFirst(given: unknown): boolean {
  const { type = 'RollingUpdate', rolling_update } = nestedBlock(given);
  const { max_surge = '25%' } = nestedBlock(rolling_update);
  return (
    isOpen(given) ||
    type !== 'RollingUpdate' ||
    typeof max_surge === 'object' ||
    parseInt(String(max_surge)) === 0
  );
}
