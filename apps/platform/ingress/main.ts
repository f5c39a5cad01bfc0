// Traefik: every <name>.<domain> that an Ingress names. https://doc.traefik.io/traefik/
// It keeps and writes nothing, but for certificates that it orders itself (https.kind is acme): no plugins, no log files.
import { askedByAddress, home, host } from '@home/home';
import {
  accessAnnotations,
  configFiles,
  entryPods,
  labelsOf,
  probes,
  serviceAccount,
} from '@home/kubernetes';
import { infra } from '@home/platform/namespaces';
import { resource } from '@home/providers';
import { type Readiness, tf } from '@home/terraform';
import { stringify } from 'yaml';
import { httpsPart } from './https';
import { loginsPart } from './logins';
import type { TraefikPart } from './traefik-part';

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

// Traefik answers /ping before it knows any route, and learns all of them at once. So it is ready when it has this one, which
// depends on no app and leads to no pod.
const readiness = { name: 'ready', namespace: infra, labels };

const nobody = resource('kubernetes_service_v1', 'ready', {
  metadata: readiness,
  spec: { port: [{ name: 'web', port: 80 }] },
});

const routeToNobody = resource('kubernetes_ingress_v1', 'ready', {
  metadata: { ...readiness, annotations: accessAnnotations({ public: true }) },
  spec: {
    rule: [
      {
        host: host('ready'),
        http: {
          path: [
            {
              path: '/',
              path_type: 'Prefix',
              backend: { service: { name: nobody.ref.metadata[0].name, port: { name: 'web' } } },
            },
          ],
        },
      },
    ],
  },
});

// Traefik's name for it is made of namespace, Ingress, host and path, with a dash for all that is no letter or digit.
const router = tf`/api/http/routers/${infra}-ready-${host('ready').replace(/[^a-z\d]+/g, '-')}@kubernetes`;

const { https, logins } = home;
const parts: readonly TraefikPart[] = [
  ...(https === undefined ? [] : httpsPart(https)),
  ...(logins === undefined ? [] : [loginsPart(logins)]),
];

const env = parts.find((part) => part.env)?.env;

/** What has no argument: https://doc.traefik.io/traefik/reference/install-configuration/providers/others/file/ */
const file = configFile(parts);

function configFile(of: readonly TraefikPart[]) {
  const middlewares = Object.assign({}, ...of.map((part) => part.middlewares)) as object;
  const tls = of.map((part) => part.tls).find((one) => one !== undefined);
  const content = {
    ...(Object.keys(middlewares).length > 0 && { http: { middlewares } }),
    ...(tls && { tls }),
  };
  if (Object.keys(content).length === 0) return undefined;
  const name = 'home.yaml';
  const mountedAt = '/etc/traefik/config';
  const files = { [name]: stringify(content) };
  const config = configFiles('traefik-config', { namespace: infra, labels, files, mountedAt });
  // It does not watch it, since other content starts its pods anew.
  const args = [`--providers.file.filename=${mountedAt}/${name}`, '--providers.file.watch=false'];
  return { config, args };
}

const traefik = entryPods('traefik', {
  namespace: infra,
  labels,
  account,
  uses: [...(file ? [file.config] : []), ...parts.flatMap(({ uses = [] }) => uses)],
  beyondRestricted: `It answers at the address of the home, port 80${https === undefined ? '' : ' and 443'}.`,
  container: {
    name: 'traefik',
    image: 'traefik:v3.7.13',
    args: [
      '--providers.kubernetesingress=true',
      // An app without a running pod answers 503, and not as if there were none; and the Ingress below has none.
      '--providers.kubernetesingress.allowemptyservices=true',
      '--entrypoints.web.address=:80/tcp',
      // The admin page is reached by a port-forward, and from nowhere else: talos/README.md.
      '--entrypoints.traefik.address=127.0.0.1:9000/tcp',
      '--api.insecure=true',
      '--ping=true',
      '--global.checknewversion=false',
      '--global.sendanonymoususage=false',
      ...parts.flatMap(({ args = [] }) => args),
      ...(file?.args ?? []),
    ],
    ...(env && { env }),
    memory: '128Mi',
    // Three times what it needs for the home's few routes, since uploads pass through it: a leak ends it, and nothing else.
    memoryLimit: '384Mi',
    // On the host's network Kubernetes sets host_port to container_port, wherever it is left out.
    port: [
      { name: 'web', container_port: 80, host_port: 80 },
      ...(https === undefined ? [] : [{ name: 'websecure', container_port: 443, host_port: 443 }]),
      { name: 'traefik', container_port: 9000, host_port: 9000 },
    ],
    root: {
      why: "On the host's network port 80 takes a right of its own, which Kubernetes gives to no other user.",
      capabilities: ['NET_BIND_SERVICE'],
    },
    ...probes(
      { path: router, port: 'traefik', host: '127.0.0.1' },
      { path: '/ping', port: 'traefik', host: '127.0.0.1' },
    ),
  },
});

/** It answers 404 for a host that no app has. */
export const ready: readonly Readiness[] = [
  { what: 'the ingress', http: { ...askedByAddress('no-app', '/'), status: 404 } },
];

export default [
  account,
  ingressClass,
  nobody,
  routeToNobody,
  ...parts.flatMap(({ blocks = [] }) => blocks),
  ...(file ? [file.config.block] : []),
  traefik,
];
