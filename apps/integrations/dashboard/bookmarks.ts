import { home } from '@home/home';

/** A link: its name and where it leads. */
export type Bookmark = readonly [name: string, url: string];

const { gateways } = home.network;
const { address: nas } = home.nas;

/** The page that a device of the home shows. */
const pageOf = (address: string): string => `http://${address.includes(':') ? `[${address}]` : address}`;

/** The links of the dashboard, by group. Apps of the home are found through their Ingress. */
export const bookmarks: Readonly<Record<string, readonly Bookmark[]>> = {
  Home: [
    ['Router', pageOf(gateways.v4 ?? gateways.v6 ?? '')],
    ...(nas === undefined ? [] : [['NAS', pageOf(nas)] as const]),
    ...(home.alerts?.kind === 'healthchecks.io'
      ? [['Healthchecks', 'https://healthchecks.io'] as const]
      : []),
  ],
  Development: [
    ['GitHub', 'https://github.com'],
    ['Terraform Registry', 'https://registry.terraform.io'],
  ],
  Documentation: [
    ['Talos Linux', 'https://www.talos.dev'],
    ['Kubernetes Reference', 'https://kubernetes.io/docs/reference/'],
    ['Litestream', 'https://litestream.io'],
  ],
};

/**
 * Two letters that stand for a link: its name's capitals and digits, or its first two letters where it has too few.
 *
 * @example 'Developer Tools' → 'DT', 'Litestream' → 'LI'
 */
export function abbreviate(name: string): string {
  const marks = name.replace(/[^\p{Lu}\d]/gu, '');
  return (marks.length >= 2 ? marks : name.toUpperCase()).slice(0, 2);
}
