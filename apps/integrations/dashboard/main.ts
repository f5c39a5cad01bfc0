// Homepage, the page that a browser in this home starts with. https://gethomepage.dev
// It keeps nothing. It has no login of its own: without one of the home, anybody in it sees what its widgets show.
import { home, onePasswordVault, revision } from '@home/home';
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

const jdownloader = home.onePassword && loginFrom1Password(home.onePassword.items.jdownloader);

/** The login that a widget uses, and what reads it: OP_SERVICE_ACCOUNT_TOKEN comes from the environment. */
function loginFrom1Password(uuid: string) {
  const login = ephemeral('onepassword_item', 'jdownloader', { vault: onePasswordVault.ref, uuid });
  const secret = resource('kubernetes_secret_v1', 'dashboard-jdownloader', {
    metadata: { name: 'dashboard-jdownloader', namespace: apps, labels },
    data_wo: { username: login.ref.username, password: login.ref.password },
    // After a change in 1Password: npm run secrets -- rotate jdownloader
    data_wo_revision: revision('jdownloader'),
  });
  return {
    blocks: [provider('onepassword', {}), onePasswordVault, login, secret],
    env: {
      HOMEPAGE_VAR_JDOWNLOADER_USERNAME: fromSecret(secret, 'username'),
      HOMEPAGE_VAR_JDOWNLOADER_PASSWORD: fromSecret(secret, 'password'),
    },
  };
}

const address = webAddress('dashboard-landing', {
  namespace: apps,
  labels,
  host: 'home',
  login: home.logins !== undefined,
  port: { number: 3000, name: 'web' },
});

const homepage = deployment('dashboard', {
  namespace: apps,
  labels,
  account,
  uses: [config],
  container: {
    name: 'homepage',
    image: 'ghcr.io/gethomepage/homepage:v1.12.3',
    memory: '192Mi',
    memoryLimit: '512Mi',
    // 1000, whose its files are: https://github.com/gethomepage/homepage/blob/v1.12.3/Dockerfile
    user: { uid: 1000, gid: 1000 },
    // Pages that are made anew are kept in memory where they cannot be written, with a warning in the log:
    // https://github.com/NixOS/nixpkgs/issues/328621
    scratch: ['/app/.next/cache'],
    env: {
      LOG_TARGETS: 'stdout',
      HOMEPAGE_ALLOWED_HOSTS: address.host,
      ...jdownloader?.env,
    },
    // What the widgets of apps need, made by whoever speaks with them; it reads them when it starts.
    env_from: [{ secret_ref: { name: 'dashboard-widgets', optional: true } }],
    port: [{ name: 'web', container_port: 3000 }],
    // The kubelet asks by the pod's address, which nobody knows before; this host is always allowed.
    ...probes({ path: '/api/healthcheck', port: 'web', hostHeader: 'localhost:3000' }),
  },
});

export default [account, config.block, ...(jdownloader?.blocks ?? []), ...address.blocks, homepage];
