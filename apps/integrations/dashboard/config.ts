import { home } from '@home/home';
import { filesBeside } from '@home/kubernetes';
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

const jdownloader = {
  JDownloader: {
    href: 'https://my.jdownloader.org',
    ...(home.nas.address === undefined ? {} : { ping: home.nas.address }),
    widget: {
      type: 'jdownloader',
      client: 'JDownloader@root',
      username: secret('JDOWNLOADER_USERNAME'),
      password: secret('JDOWNLOADER_PASSWORD'),
    },
  },
};

/** What no Ingress announces. Apps with an address are found through their Ingress. */
const services = home.onePassword === undefined ? [] : [{ Infra: [jdownloader] }];

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
