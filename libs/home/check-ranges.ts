import type { PathedProblem } from './check-against';
import { type Family, families, nameOf, overlap, parseSubnet } from './addresses';
import type { HomeFacts } from './generated/facts';
import { mistake } from './mistake';

/** Talos' own ranges for pods and services: https://docs.siderolabs.com/talos/v1.13/reference/configuration/v1alpha1/config */
const ipv4Ranges = { podSubnets: ['10.244.0.0/16'], serviceSubnets: ['10.96.0.0/12'] } as const;

/** And for a home without IPv4, where Talos has to be told them: pkg/machinery/constants of Talos 1.13. */
export const ipv6Ranges = {
  podSubnets: ['fc00:db8:10::/56'],
  serviceSubnets: ['fc00:db8:20::/112'],
} as const;

type Ranges = Readonly<Record<keyof typeof ipv4Ranges, readonly string[]>>;

/** Checks that no ranges overlap, and that every machine has addresses of the families that its pods have. */
export function* checkRanges({ network, cluster }: HomeFacts): Generator<PathedProblem> {
  const ranges: Ranges = { ...(network.subnets.v4 === undefined ? ipv6Ranges : ipv4Ranges), ...cluster };
  yield* checkOverlaps(network.subnets, ranges);
  const ofPods = familiesOf(ranges.podSubnets);
  for (const [index, range] of ranges.serviceSubnets.entries()) {
    if (familiesOf([range]).every((family) => ofPods.includes(family))) continue;
    const must = `must be of a family that pods have, but cluster.podSubnets is "${ranges.podSubnets.join('", "')}"`;
    yield mistake(`cluster.serviceSubnets[${index}]`, range, must, 'Write both, or leave both out');
  }
  for (const [index, { addresses }] of network.nodes.entries()) {
    for (const family of ofPods.filter((one) => addresses[one] === undefined)) {
      const must = `must be there, since pods have ${nameOf[family]}, and reach each other by it`;
      const remedy = 'Add it, or write other cluster.podSubnets and cluster.serviceSubnets';
      yield mistake(`network.nodes[${index}].addresses.${family}`, undefined, must, remedy);
    }
  }
}

const familiesOf = (ranges: readonly string[]): Family[] =>
  families.filter((family) => ranges.some((range) => parseSubnet(range, family) !== undefined));

function* checkOverlaps(subnets: HomeFacts['network']['subnets'], ranges: Ranges): Generator<PathedProblem> {
  const taken = families.flatMap((family) => {
    const range = subnets[family];
    return range === undefined ? [] : [{ path: `network.subnets.${family}`, range }];
  });
  for (const name of ['podSubnets', 'serviceSubnets'] as const) {
    const kinds = ranges[name].map((range) => parseSubnet(range)?.[0].kind());
    for (const [index, range] of ranges[name].entries()) {
      const path = `cluster.${name}[${index}]`;
      const first = kinds.indexOf(kinds[index]);
      const other = taken.find((one) => overlap(range, one.range));
      if (first < index) {
        const must = `must be of the other family than cluster.${name}[${first}]`;
        yield mistake(path, range, must, 'Keep one range of each: Kubernetes takes no more');
      } else if (other !== undefined) {
        const must = `must not overlap with ${other.path} "${other.range}"`;
        const remedy = 'Choose a private range that neither the home nor the cluster uses';
        yield mistake(path, range, must, remedy);
      }
      taken.push({ path, range });
    }
  }
}
