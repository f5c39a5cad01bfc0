// Fluent Bit: what Litestream warns of becomes a message in Gotify. https://fluentbit.io
import { logAnalysis, slackWebhook } from '@home/integrations/notifications';
import {
  configFiles,
  containerSecurity,
  environment,
  filesBeside,
  fromSecret,
  labelsOf,
  podSecurity,
  serviceAccount,
  steadyProbes,
} from '@home/kubernetes';
import { apps, infra } from '@home/platform/namespaces';
import { resource } from '@home/providers';
import { tf } from '@home/terraform';
import { gotify } from '@home/workloads/gotify';

const name = 'fluent-bit';
const labels = labelsOf(name, 'monitoring');

const account = serviceAccount(name, {
  namespace: infra,
  labels,
  rules: [{ groups: [''], resources: ['namespaces', 'pods'], verbs: ['get', 'list', 'watch'] }],
});

const config = configFiles(name, {
  namespace: infra,
  labels,
  files: filesBeside(__dirname, 'main.conf', 'in_kubernetes.conf', 'out_gotify.conf', 'custom_parsers.conf'),
  mountedAt: '/fluent-bit/etc/conf',
});

// Fluent Bit's output for Slack takes only https addresses; the port and `tls Off` make it speak plain HTTP.
const server = tf`https://${gotify.serviceName}.${apps}.svc.cluster.local:80`;

const webhook = resource('kubernetes_secret_v1', 'fluent-bit-webhook', {
  metadata: { name: 'fluent-bit-webhook', namespace: infra, labels },
  data_wo: { url: tf`${server}${slackWebhook.ref.webhook_path}/webhook/slack/${logAnalysis.ref.token}` },
  // Gotify gives a new application a new number, and with it a new token.
  data_wo_revision: logAnalysis.ref.id,
});

const daemonSet = resource('kubernetes_daemon_set_v1', name, {
  metadata: { name, namespace: infra, labels },
  spec: {
    selector: { match_labels: labels },
    template: {
      metadata: { labels, annotations: { 'fluentbit.io/exclude': 'true', ...config.annotations } },
      spec: {
        service_account_name: account.name,
        automount_service_account_token: true,
        enable_service_links: false,
        security_context: podSecurity,
        container: [
          {
            name,
            image: 'cr.fluentbit.io/fluent/fluent-bit:4.0.4',
            args: ['--workdir=/fluent-bit/etc', '--config=/fluent-bit/etc/conf/main.conf'],
            env: environment({ GOTIFY_WEBHOOK: fromSecret(webhook, 'url') }),
            port: [{ name: 'http', container_port: 2020 }],
            resources: { requests: { memory: '64Mi' } },
            security_context: containerSecurity,
            volume_mount: [...config.mounts, { name: 'log', mount_path: '/var/log', read_only: true }],
            ...steadyProbes({ path: '/api/v1/health', port: 'http' }, { path: '/', port: 'http' }),
          },
        ],
        volume: [config.volume, { name: 'log', host_path: { path: '/var/log' } }],
      },
    },
  },
  wait_for_rollout: false,
});

export default [account, config.block, webhook, daemonSet];
