import { type Problem, type Rule } from '@home/terraform';
import { nestedBlock, nestedBlocks } from '../known-body';
import { objectsIn } from '../objects';

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
          return [...outside(owner.where, host, facts.domain), ...repeated(owner.where, host, other)];
        }),
      );
  },
});

function outside(where: string, host: string, domain: string): Problem[] {
  if (host.endsWith(`.${domain}`) && host.length > domain.length + 1) return [];
  const name = host.split('.')[0] || 'name';
  return [
    { where, what: `host "${host}" must lie in the domain "${domain}"`, remedy: `Write "${name}.${domain}"` },
  ];
}

function repeated(where: string, host: string, other: string | undefined): Problem[] {
  if (other === undefined) return [];
  const also = other === where ? 'is served twice here' : `is served by ${other}, too`;
  const remedy = 'Give each app a host of its own, or write the paths of one app under one rule';
  return [{ where, what: `host "${host}" must be unique, but ${also}`, remedy }];
}
