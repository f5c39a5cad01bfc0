// Fluent Bit: what Litestream warns of becomes a message in Gotify. https://fluentbit.io
// It keeps and writes nothing, so it does not remember how far it had read: what is logged while it starts anew is not
// reported. The verification and the heartbeats do not depend on it.
import { logAnalysis, slackWebhook } from '@home/integrations/notifications';
import {
  configFiles,
  daemonSet,
  filesBeside,
  fromSecret,
  labelsOf,
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

// What it says itself must not come back to it.
const silence = { annotations: { 'fluentbit.io/exclude': 'true' } };
const hostLogs = {
  volumes: [{ name: 'log', host_path: { path: '/var/log' } }],
  mounts: [{ name: 'log', mount_path: '/var/log', read_only: true }],
};

const fluentBit = daemonSet(name, {
  namespace: infra,
  labels,
  account,
  uses: [silence, config, hostLogs],
  beyondRestricted: 'The logs of all containers lie in a folder of the host.',
  container: {
    name,
    image: 'cr.fluentbit.io/fluent/fluent-bit:4.2.8',
    args: ['--workdir=/fluent-bit/etc', '--config=/fluent-bit/etc/conf/main.conf'],
    memory: '64Mi',
    // What it reads waits in 5 MB at most (in_kubernetes.conf), beside the program and its parsers.
    memoryLimit: '192Mi',
    // Its image has no user (dockerfiles/Dockerfile of fluent/fluent-bit v4.2.8), and only root's may read those files.
    root: { why: 'The kubelet and containerd make the files of logs readable for root alone.' },
    env: { GOTIFY_WEBHOOK: fromSecret(webhook, 'url') },
    port: [{ name: 'http', container_port: 2020 }],
    ...steadyProbes({ path: '/api/v1/health', port: 'http' }, { path: '/', port: 'http' }),
  },
});

export default [account, config.block, webhook, fluentBit];
