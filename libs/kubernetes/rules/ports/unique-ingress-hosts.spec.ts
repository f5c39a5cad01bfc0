import { raw } from '@home/terraform';
import { complaints, exampleHome, object } from '../example-home';
import { uniqueIngressHosts } from './unique-ingress-hosts';

const rule = uniqueIngressHosts({ domain: 'rpi' });
const ingress = (name: string, ...hosts: unknown[]) =>
  object('ingress', name, { spec: { rule: hosts.map((host) => ({ host })) } });

it('accepts hosts of the domain, each served by one Ingress', () => {
  const home = exampleHome({
    feed: [ingress('feed', 'feed.rpi', 'news.feed.rpi')],
    diary: [ingress('diary', 'diary.rpi', '*.diary.rpi', raw('var.host'), raw('var.host'))],
    none: [object('ingress', 'none', { spec: { default_backend: { service: { name: 'a' } } } })],
  });
  expect(complaints(rule, ...home)).toEqual([]);
});

it('names both workloads that serve one host alike, whatever stacks they are in', () => {
  const home = [
    ...exampleHome({ feed: [ingress('feed', 'feed.rpi')] }),
    ...exampleHome({ dashboard: [ingress('dashboard', 'feed.rpi')] }, 'integrations'),
  ];
  expect(complaints(rule, ...home)).toEqual([
    'apps/workloads/feed and apps/integrations/dashboard: host "feed.rpi" must be unique, but both have it. ' +
      'Give each app a host of its own, or write the paths of one app under one rule.',
  ]);
});

it('refuses a host that one workload serves twice', () => {
  expect(complaints(rule, ingress('feed', 'feed.rpi', 'feed.rpi'))).toEqual([
    'apps/workloads/app: host "feed.rpi" must be unique, but is there twice. ' +
      'Give each app a host of its own, or write the paths of one app under one rule.',
  ]);
});

it.each([
  ['feed.example.org', 'feed.rpi'],
  ['feed', 'feed.rpi'],
  ['feedrpi', 'feedrpi.rpi'],
  ['rpi', 'rpi.rpi'],
  ['.rpi', 'name.rpi'],
  [undefined, 'name.rpi'],
])('refuses the host %s outside the domain', (host, better) => {
  expect(complaints(rule, ingress('feed', host))).toEqual([
    `apps/workloads/app: host "${host ?? ''}" must lie in the domain "rpi". Write "${better}".`,
  ]);
});
