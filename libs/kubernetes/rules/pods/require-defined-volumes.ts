import { type Rule } from '@home/terraform';
import { isOpen, nestedBlock, nestedBlocks } from '../../read/known-body';
import { placeOf } from '../../read/objects';
import { type Pod, podsIn } from '../../read/pods';
import { quoteNames } from '../quote-names';

/** Every volume that a container mounts is defined in its pod, or by its StatefulSet's volume claims. */
export const requireDefinedVolumes: Rule = {
  name: 'require-defined-volumes',
  check: (home) =>
    podsIn(home).flatMap((pod) => {
      const defined = volumesOf(pod);
      if (isOpen(pod.spec['volume']) || defined.some((name) => typeof name === 'object')) return [];
      return pod.containers.flatMap(({ name: container, body }) =>
        ['volume_mount', 'volume_device']
          .flatMap((mount) => nestedBlocks(body[mount]))
          .map(({ name }) => name)
          .filter((name) => typeof name === 'string' && !defined.includes(name))
          .map((name) => ({
            where: placeOf(pod.owned),
            what: `volume "${String(name)}" of container "${container}" must be defined in its pod, which has ${quoteNames(defined, 'no volume')}`,
            remedy: 'Define it, or mount one of those',
          })),
      );
    }),
};

function volumesOf({ spec, makerSpec }: Pod): unknown[] {
  const claims = nestedBlocks(makerSpec['volume_claim_template']).map(({ metadata }) =>
    nestedBlock(metadata),
  );
  return [...nestedBlocks(spec['volume']), ...claims].map(({ name }) => name);
}
