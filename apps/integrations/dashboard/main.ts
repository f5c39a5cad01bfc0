// Homepage, the page that a browser in this home starts with. https://gethomepage.dev
// It keeps nothing. Open on purpose: it has no login, and anybody in the home sees what its widgets show.
import { home, onePasswordVault, revision } from '@home/home';
import { widget } from '@home/integrations/notifications';
import {
  configFiles,
  deployment,
  fromSecret,
  labelsOf,
  probes,
  serviceAccount,
  webAddress,
} from '@home/kubernetes';
import { apps } from '@home/platform/namespaces';
import { ephemeral, provider, resource } from '@home/providers';
import { files } from './config';

const labels = labelsOf('dashboard', 'app');

const account = serviceAccount('dashboard', {
  namespace: apps,
  labels,
  rules: [
    { groups: [''], resources: ['namespaces', 'pods', 'nodes'], verbs: ['get', 'list'] },
    { groups: ['extensions', 'networking.k8s.io'], resources: ['ingresses'], verbs: ['get', 'list'] },
    { groups: ['metrics.k8s.io'], resources: ['nodes', 'pods'], verbs: ['get', 'list'] },
    {
      groups: ['apiextensions.k8s.io'],
      resources: ['customresourcedefinitions/status'],
      verbs: ['get', 'list'],
    },
  ],
});

const config = configFiles('dashboard-config', { namespace: apps, labels, files, mountedAt: '/app/config' });

// OP_SERVICE_ACCOUNT_TOKEN comes from the environment.
const onePassword = provider('onepassword', {});

const login = ephemeral('onepassword_item', 'jdownloader', {
  vault: onePasswordVault.ref,
  uuid: home.onePassword.items.jdownloader,
});

const jdownloader = resource('kubernetes_secret_v1', 'dashboard-jdownloader', {
  metadata: { name: 'dashboard-jdownloader', namespace: apps, labels },
  data_wo: { username: login.ref.username, password: login.ref.password },
  // After a change in 1Password: npm run secrets -- rotate jdownloader
  data_wo_revision: revision('jdownloader'),
});

const gotifyToken = resource('kubernetes_secret_v1', 'dashboard-gotify', {
  metadata: { name: 'dashboard-gotify', namespace: apps, labels },
  data_wo: { token: widget.ref.token },
  // Gotify gives a new client a new number, and with it a new token.
  data_wo_revision: widget.ref.id,
});

const address = webAddress('dashboard-landing', {
  namespace: apps,
  labels,
  host: 'home',
  port: { number: 3000, name: 'web' },
});

const homepage = deployment('dashboard', {
  namespace: apps,
  labels,
  account,
  uses: [config],
  container: {
    name: 'homepage',
    image: 'ghcr.io/gethomepage/homepage:v1.4.4',
    memory: '192Mi',
    memoryLimit: '512Mi',
    // 1000, whose its files are: https://github.com/gethomepage/homepage/blob/v1.4.4/Dockerfile
    user: { uid: 1000, gid: 1000 },
    // Pages that are made anew are kept in memory where they cannot be written, with a warning in the log:
    // https://github.com/NixOS/nixpkgs/issues/328621
    scratch: ['/app/.next/cache'],
    env: {
      LOG_TARGETS: 'stdout',
      // The probes ask by the pod's address, which nobody knows before.
      HOMEPAGE_ALLOWED_HOSTS: '*',
      HOMEPAGE_VAR_GOTIFY_TOKEN: fromSecret(gotifyToken, 'token'),
      HOMEPAGE_VAR_JDOWNLOADER_USERNAME: fromSecret(jdownloader, 'username'),
      HOMEPAGE_VAR_JDOWNLOADER_PASSWORD: fromSecret(jdownloader, 'password'),
    },
    port: [{ name: 'web', container_port: 3000 }],
    ...probes({ path: '/api/healthcheck', port: 'web' }),
  },
});

export default [
  account,
  config.block,
  onePassword,
  onePasswordVault,
  login,
  jdownloader,
  gotifyToken,
  ...address.blocks,
  homepage,
];
