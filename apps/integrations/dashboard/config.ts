import { home } from '@home/home';
import { filesBeside } from '@home/kubernetes';
import { gotify } from '@home/workloads/gotify';
import { stringify } from 'yaml';
import { abbreviate, bookmarks } from './bookmarks';

/** How Homepage finds a secret in its environment: https://gethomepage.dev/installation/docker/#using-environment-secrets */
const secret = (name: string): string => `{{HOMEPAGE_VAR_${name}}}`;

const row = (columns: number) => ({ style: 'row', columns });

const settings = {
  title: 'Launchpad',
  theme: 'light',
  color: 'white',
  headerStyle: 'boxed',
  language: 'en',
  target: '_self',
  quicklaunch: { hideVisitURL: true },
  hideVersion: true,
  hideErrors: true,
  statusStyle: 'dot',
  layout: {
    Apps: row(3),
    Infra: row(2),
    ...Object.fromEntries(Object.keys(bookmarks).map((group) => [group, row(3)])),
  },
};

const links = Object.entries(bookmarks).map(([group, entries]) => ({
  [group]: entries.map(([name, href]) => ({ [name]: [{ abbr: abbreviate(name), href }] })),
}));

/** What no Ingress announces, or what needs a secret. Apps with an address are found through their Ingress. */
const services = [
  {
    Infra: [
      {
        Gotify: {
          href: gotify.url,
          namespace: 'apps',
          app: gotify.name,
          widget: {
            type: 'gotify',
            url: `http://${gotify.name}.apps.svc.cluster.local`,
            key: secret('GOTIFY_TOKEN'),
            fields: ['messages'],
          },
        },
      },
      {
        JDownloader: {
          href: 'https://my.jdownloader.org',
          ping: home.nas.address,
          widget: {
            type: 'jdownloader',
            client: 'JDownloader@root',
            username: secret('JDOWNLOADER_USERNAME'),
            password: secret('JDOWNLOADER_PASSWORD'),
          },
        },
      },
    ],
  },
];

const widgets = [
  {
    search: {
      provider: 'custom',
      target: '_self',
      showSearchSuggestions: true,
      url: 'https://kagi.com/search?q=',
      suggestionUrl: 'https://kagi.com/api/autosuggest?q=',
    },
  },
];

/** Homepage's configuration: https://gethomepage.dev/configs/ */
export const files: Readonly<Record<string, string>> = {
  'settings.yaml': stringify(settings),
  'bookmarks.yaml': stringify(links),
  'services.yaml': stringify(services),
  'widgets.yaml': stringify(widgets),
  'kubernetes.yaml': stringify({ mode: 'cluster' }),
  ...filesBeside(__dirname, 'custom.css'),
  // Homepage would write its defaults for what is missing, and cannot: the folder is read-only.
  'custom.js': '',
  'docker.yaml': '',
  'proxmox.yaml': '',
};
