// Gotify's own settings, made through its API: who sends messages, and who reads them, and what these get of it.
import { home } from '@home/home';
import { apps } from '@home/platform/namespaces';
import { alertsSecret, inEachNamespace } from '@home/platform/replication';
import { provider, resource } from '@home/providers';
import { tf } from '@home/terraform';
import { admin, gotify } from '@home/workloads/gotify';

const api = provider('gotify', {
  // A certificate is of the name alone, so that with HTTPS this machine has to find it by the home's DNS.
  endpoint: home.https === undefined ? home.entry.url : gotify.url,
  host_header: gotify.host,
  username: admin.username,
  password: admin.password,
});

const widget = resource('gotify_client', 'dashboard', { name: 'Dashboard Widget' });

// Gotify gives a new client or application a new number, and with it a new token.
const ofWidgets = resource('kubernetes_secret_v1', 'dashboard-widgets', {
  metadata: { name: 'dashboard-widgets', namespace: apps },
  data_wo: { HOMEPAGE_VAR_GOTIFY_TOKEN: widget.ref.token },
  data_wo_revision: widget.ref.id,
});

export const logAnalysis = resource('gotify_application', 'log-analysis', {
  name: 'Log Analysis',
  description: 'Problems found by analyzing container logs',
});

export const slackWebhook = resource('gotify_plugin', 'slack-webhook', {
  module_path: 'github.com/LukasKnuth/gotify-slack-webhook',
  enabled: true,
});

// What the replicas' verification reports to, where the home's facts say so.
const verification = resource('gotify_application', 'verification', {
  name: 'Verification',
  description: 'Replicas that could not be restored',
});

const server = tf`http://${gotify.serviceName}.${apps}.svc.cluster.local`;

const pingAddresses = (label: string, namespace: typeof apps) =>
  resource('kubernetes_secret_v1', label, {
    metadata: { name: alertsSecret, namespace },
    data_wo: {
      PING_FAILURE: tf`${server}/message?token=${verification.ref.token}&priority=8&title={check}&message={message}`,
    },
    data_wo_revision: verification.ref.id,
  });

const alerts =
  home.alerts?.kind === 'gotify' ? [verification, ...inEachNamespace(alertsSecret, pingAddresses)] : [];

export default [api, widget, ofWidgets, logAnalysis, slackWebhook, alerts];
