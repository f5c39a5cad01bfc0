// Traefik: every <name>.<domain> that an Ingress names. https://doc.traefik.io/traefik/
// It keeps and writes nothing: no plugins, no certificates of its own, no log files.
import { entryPods, labelsOf, probes, serviceAccount } from '@home/kubernetes';
import { infra } from '@home/platform/namespaces';
import { resource } from '@home/providers';

const labels = labelsOf('traefik', 'ingress');
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

const traefik = entryPods('traefik', {
  namespace: infra,
  labels,
  account,
  beyondRestricted: 'It answers at the address of the home, port 80.',
  container: {
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
    memory: '128Mi',
    // Three times what it needs for the home's few routes, since uploads pass through it: a leak ends it, and nothing else.
    memoryLimit: '384Mi',
    // On the host's network Kubernetes sets host_port to container_port, wherever it is left out.
    port: [
      { name: 'web', container_port: 80, host_port: 80 },
      { name: 'traefik', container_port: 9000, host_port: 9000 },
    ],
    root: {
      why: "On the host's network port 80 takes a right of its own, which Kubernetes gives to no other user.",
      capabilities: ['NET_BIND_SERVICE'],
    },
    ...probes({ path: '/ping', port: 'traefik', host: '127.0.0.1' }),
  },
});

export default [account, ingressClass, traefik];
