import { devtools } from '@home/workloads/devtools';

/** A link: its name and where it leads. */
export type Bookmark = readonly [name: string, url: string];

/** The links of the dashboard, by group. */
export const bookmarks: Readonly<Record<string, readonly Bookmark[]>> = {
  Home: [
    ['Router', 'http://192.168.107.1'],
    ['NAS', 'http://192.168.107.4'],
    ['Healthchecks', 'https://healthchecks.io'],
  ],
  Development: [
    ['Developer Tools', devtools.url],
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
