// Gotify, messages from the home to its people, with a plugin that takes Slack's webhooks. https://gotify.net
// It keeps its database, and pictures on the NAS' share. What it writes, and what moves with which version:
// maintenance/README.md and docs/upgrades.md.
// Open on purpose: whoever is in the home may register, and only as an ordinary user.
import { askedByAddress, derive, home } from '@home/home';
import { derivedSecret, fromSecret, webApp } from '@home/kubernetes';
import { apps } from '@home/platform/namespaces';
import { replica } from '@home/platform/replication';
import type { Readiness } from '@home/terraform';

export const admin = { username: 'admin', password: derive('gotify-admin') };

// Gotify reads it at its first start only; from then on a change goes through its API: docs/chores/rotate-a-secret.md
const login = derivedSecret('gotify-admin', { namespace: apps, key: 'password' });

// Not below /app/data: a volume there would hide the plugins that the image brings along.
const file = '/app/database/gotify.db';

const images = '/app/images';

export const gotify = webApp('gotify', {
  namespace: apps,
  image: 'ghcr.io/lukasknuth/gotify-slack-webhook-bundled:v0.1.1',
  port: 80,
  host: 'gotify',
  public: true,
  memory: '64Mi',
  memoryLimit: '256Mi',
  health: '/health',
  env: {
    GOTIFY_REGISTRATION: true,
    TZ: home.timezone,
    // By default below /app/data, where it makes the folder at its start: it cannot.
    GOTIFY_UPLOADEDIMAGESDIR: images,
    GOTIFY_SERVER_SSL_ENABLED: false,
    GOTIFY_SERVER_SSL_REDIRECTTOHTTPS: false,
    GOTIFY_DATABASE_DIALECT: 'sqlite3',
    GOTIFY_DATABASE_CONNECTION: file,
    GOTIFY_DEFAULTUSER_NAME: admin.username,
    GOTIFY_DEFAULTUSER_PASS: fromSecret(login, 'password'),
  },
  scratch: ['/tmp'],
  dashboard: {
    title: 'Gotify',
    group: 'Infra',
    // @home/integrations/notifications makes the token.
    widget: {
      type: 'gotify',
      url: 'http://gotify.apps.svc.cluster.local',
      key: '{{HOMEPAGE_VAR_GOTIFY_TOKEN}}',
      fields: '["messages"]',
    },
  },
  // The pictures that people give to applications.
  files: { [images]: 'gotify/images' },
  database: { file, replica, verify: '40 2 * * 6', expects: { tables: ['users', 'messages'] } },
});

// What is set up through its API comes after it.
export const ready: readonly Readiness[] = [{ what: 'Gotify', http: askedByAddress('gotify', '/health') }];

export default [login, gotify];
