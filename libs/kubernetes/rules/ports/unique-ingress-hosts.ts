import { type Problem, type Rule } from '@home/terraform';
import { nestedBlock, nestedBlocks } from '../../read/known-body';
import { notUnique } from '../not-unique';
import { objectsIn } from '../../read/objects';

/** Every host is served by one Ingress alone, and lies in the home's domain, where its DNS answers for it. */
export const uniqueIngressHosts = (facts: { readonly domain: string }): Rule => ({
  name: 'unique-ingress-hosts',
  check(home) {
    const taken = new Map<string, string>();
    return objectsIn(home)
      .ofKind('ingress')
      .filter(({ owned }) => owned.block.kind === 'resource')
      .flatMap(({ owned: { owner }, body }) =>
        nestedBlocks(nestedBlock(body['spec'])['rule']).flatMap((rule) => {
          const host = rule['host'] ?? '';
          if (typeof host !== 'string') return [];
          const other = taken.get(host);
          taken.set(host, other ?? owner.where);
          return [
            ...outside(owner.where, host, facts.domain),
            ...(other === undefined ? [] : [notUnique(other, owner.where, `host "${host}"`, remedy)]),
          ];
        }),
      );
  },
});

const remedy = 'Give each app a host of its own, or write the paths of one app under one rule';

function outside(where: string, host: string, domain: string): Problem[] {
  if (host.endsWith(`.${domain}`) && host.length > domain.length + 1) return [];
  const name = host.split('.')[0] || 'name';
  return [
    { where, what: `host "${host}" must lie in the domain "${domain}"`, remedy: `Write "${name}.${domain}"` },
  ];
}
