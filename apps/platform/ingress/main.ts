// Traefik: every <name>.<domain> that an Ingress names. https://doc.traefik.io/traefik/
import { home } from '@home/home';
import { containerSecurity, labelsOf, podSecurity, probes, serviceAccount } from '@home/kubernetes';
import { infra } from '@home/platform/namespaces';
import { resource } from '@home/providers';

const labels = labelsOf('traefik', 'ingress');
const metadata = { name: 'traefik', namespace: infra, labels };
const read = ['list', 'watch'];

const account = serviceAccount('traefik', {
  namespace: infra,
  labels,
  rules: [
    {
      groups: ['extensions', 'networking.k8s.io'],
      resources: ['ingressclasses', 'ingresses'],
      verbs: ['get', ...read],
    },
    { groups: ['extensions', 'networking.k8s.io'], resources: ['ingresses/status'], verbs: ['update'] },
    { groups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: read },
    { groups: [''], resources: ['services', 'nodes'], verbs: ['get', ...read] },
    { groups: [''], resources: ['secrets'], verbs: read },
  ],
});

const ingressClass = resource('kubernetes_ingress_class_v1', 'traefik', {
  metadata: {
    name: 'traefik',
    labels,
    annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' },
  },
  spec: { controller: 'traefik.io/ingress-controller' },
});

const deployment = resource('kubernetes_deployment_v1', 'traefik', {
  metadata,
  spec: {
    replicas: '1',
    // Two pods cannot bind the same port of the host.
    strategy: { type: 'Recreate' },
    selector: { match_labels: labels },
    template: {
      metadata: { labels },
      spec: {
        host_network: true,
        node_selector: { 'kubernetes.io/hostname': home.entryNode },
        service_account_name: account.name,
        automount_service_account_token: true,
        enable_service_links: false,
        security_context: podSecurity,
        container: [
          {
            name: 'traefik',
            image: 'traefik:v3.4.4',
            args: [
              '--providers.kubernetesingress=true',
              '--entrypoints.web.address=:80/tcp',
              // The admin page is reached by a port-forward, and from nowhere else: talos/README.md.
              '--entrypoints.traefik.address=127.0.0.1:9000/tcp',
              '--api.insecure=true',
              '--ping=true',
            ],
            // On the host's network Kubernetes sets host_port to container_port, wherever it is left out.
            port: [
              { name: 'web', container_port: 80, host_port: 80 },
              { name: 'traefik', container_port: 9000, host_port: 9000 },
            ],
            resources: { requests: { memory: '128Mi' } },
            security_context: containerSecurity,
            ...probes({ path: '/ping', port: 'traefik', host: '127.0.0.1' }),
          },
        ],
      },
    },
  },
  wait_for_rollout: false,
});

export default [account, ingressClass, deployment];
