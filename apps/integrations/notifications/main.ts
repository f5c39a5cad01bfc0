// Gotify's own settings, made through its API: who sends messages, and who reads them.
import { home } from '@home/home';
import { provider, resource } from '@home/providers';
import { admin, gotify } from '@home/workloads/gotify';

const api = provider('gotify', {
  endpoint: home.entry.url,
  host_header: gotify.host,
  username: admin.username,
  password: admin.password,
});

export const widget = resource('gotify_client', 'dashboard', { name: 'Dashboard Widget' });

export const logAnalysis = resource('gotify_application', 'log-analysis', {
  name: 'Log Analysis',
  description: 'Problems found by analyzing container logs',
});

export const slackWebhook = resource('gotify_plugin', 'slack-webhook', {
  module_path: 'github.com/LukasKnuth/gotify-slack-webhook',
  enabled: true,
});

export default [api, widget, logAnalysis, slackWebhook];
