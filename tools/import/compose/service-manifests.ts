import { kebabCase } from '../code/names';
import { type Fields, fieldsOf } from '../kubernetes/fields';
import type { Manifest } from '../kubernetes/read-manifests';
import type { Path } from '../source/read-yaml';
import type { ComposeService } from './read-compose';
import { type ServiceApp, serviceApp } from './service-app';
import { serviceEnvironment } from './service-environment';
import { seconds, serviceContainer, servicePod, serviceProbe } from './service-pod';
import { type ServicePort, isWeb, protocolOf, servicePorts } from './service-ports';
import { serviceVolumes } from './service-volumes';

/** The objects of a service, and the web app that makes most of them, where it is one. */
export interface ServiceObjects {
  readonly manifests: readonly Manifest[];
  readonly app?: ServiceApp;
}

/** Where the objects of a service go. */
export interface ServicePlace {
  readonly namespace: string;
  readonly domain: string;
}

/**
 * The objects of Kubernetes that do what a service of compose does. Its name leads to all of its ports, as in compose;
 * a port that a browser may open gets an address in the home.
 *
 * @returns none for a service that has no image
 */
export function serviceManifests(
  service: ComposeService,
  { namespace, domain }: ServicePlace,
): ServiceObjects {
  const { fields, lose } = service;
  tellLosses(service);
  if (typeof fields['image'] !== 'string') {
    lose([], 'has no image', 'Build and push it, and name it as image');
    return { manifests: [] };
  }
  const name = kebabCase(service.name);
  if (name !== service.name) lose([], `is called ${name} now`, 'Change the name where other services use it');
  const ports = servicePorts(service);
  const environment = serviceEnvironment(service);
  const volumes = serviceVolumes(service, name);
  const container = serviceContainer(service, {
    name,
    ports,
    environment,
    mounts: volumes.mounts,
    probe: serviceProbe(
      service,
      ports.map(({ number }) => number),
    ),
  });
  const make = (
    apiVersion: string,
    kind: string,
    own: string,
    rest: Fields,
    path: (inner: Path) => Path,
  ): Manifest => ({
    file: service.file,
    apiVersion,
    kind,
    name: own,
    namespace,
    value: { apiVersion, kind, metadata: { name: own, namespace, labels: { app: name } }, ...rest },
    where: (inner) => service.where(path(inner)),
  });
  const pod = {
    ...servicePod(service),
    ...seconds('terminationGracePeriodSeconds', fields['stop_grace_period']),
  };
  const deployment = { spec: deploymentSpec(service, name, { ...pod, container, volumes: volumes.volumes }) };
  const web = ports.find(isWeb);
  const host = `${name}.${domain}`;
  tellAddresses(service, ports, web, host);
  const manifests = [
    ...(environment.secret.size === 0
      ? []
      : [
          make('v1', 'Secret', name, { stringData: textsOf(environment.secret) }, ([, key]) => {
            return environment.secret.get(String(key))?.path ?? [];
          }),
        ]),
    ...[...volumes.configs].map(([config, data]) =>
      make('v1', 'ConfigMap', config, { data }, () => ['volumes']),
    ),
    make('apps/v1', 'Deployment', name, deployment, () => []),
    make('v1', 'Service', name, { spec: serviceSpec(name, ports, web) }, () => ['ports']),
    ...(web?.published === undefined
      ? []
      : [
          make(
            'networking.k8s.io/v1',
            'Ingress',
            name,
            { spec: ingressSpec(name, host, web) },
            () => web.path,
          ),
        ]),
  ];
  const app = serviceApp(service, { name, namespace, ports, environment, volumes, container, pod });
  return { manifests, ...(app !== undefined && { app }) };
}

const textsOf = (secret: ReadonlyMap<string, { readonly text: string }>): Fields =>
  Object.fromEntries([...secret].map(([name, { text }]) => [name, text]));

/** A port of the host becomes an address of the home, or one inside the cluster. */
function tellAddresses(
  { lose }: ComposeService,
  ports: readonly ServicePort[],
  web: ServicePort | undefined,
  host: string,
): void {
  const published = ports.filter((port) => port.published !== undefined);
  if (web?.published !== undefined)
    lose(web.path, `port ${web.published} of the host becomes http://${host}`, 'Use that address');
  const inside = published.filter((port) => port !== web);
  for (const path of new Set(inside.map((port) => port.path))) {
    const numbers = inside.filter((port) => port.path === path).map((port) => port.published);
    const shown = numbers.length > 1 ? `ports ${numbers[0]}-${numbers.at(-1)} are` : `port ${numbers[0]} is`;
    lose(path, `${shown} reached inside the cluster only`, 'Give the container a host_port, if need be');
  }
}

function deploymentSpec(
  { fields }: ComposeService,
  name: string,
  {
    container,
    volumes,
    ...pod
  }: Fields & { readonly container: Fields; readonly volumes: readonly Fields[] },
): Fields {
  const { replicas } = fieldsOf(fields['deploy']);
  return {
    replicas: replicas === undefined ? 1 : Number(replicas),
    selector: { matchLabels: { app: name } },
    strategy: { type: 'Recreate' },
    template: {
      metadata: { labels: { app: name } },
      spec: { ...pod, containers: [container], ...(volumes.length > 0 && { volumes }) },
    },
  };
}

/** A name for a pod without ports is a Service without an address of its own: it leads to whatever port is asked. */
function serviceSpec(name: string, ports: readonly ServicePort[], web: ServicePort | undefined): Fields {
  const selector = { app: name };
  if (web === undefined || ports.length > 1) {
    const listed = ports.map((port) => ({
      name: `${port.protocol.toLowerCase()}-${port.number}`,
      port: port.number,
      ...protocolOf(port),
    }));
    return { selector, clusterIP: 'None', ...(listed.length > 0 && { ports: listed }) };
  }
  return { selector, ports: [{ port: web.number, targetPort: web.number }] };
}

function ingressSpec(name: string, host: string, { number }: ServicePort): Fields {
  const backend = { service: { name, port: { number } } };
  return { rules: [{ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }] };
}

/** Members of a service that are carried over, or mean the same here without being said. */
const carried = new Set(
  (
    'image command entrypoint environment env_file ports expose volumes tmpfs healthcheck user working_dir privileged ' +
    'cap_add cap_drop read_only stop_grace_period mem_limit mem_reservation cpus deploy tty stdin_open restart ' +
    'network_mode extra_hosts dns dns_search dns_opt sysctls group_add hostname'
  ).split(' '),
);

/** Why a member does not come along, and what does the same here. */
const reasons: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
  depends_on: ['Kubernetes starts everything at once', 'Give the app a way to wait or to try again'],
  build: ['an image has to be in a registry', 'Build and push it, and name it as image'],
  networks: [
    'everything in the cluster can reach everything else',
    'Write a NetworkPolicy where that is unwanted',
  ],
  container_name: ['other services find it under its own name', 'Change the name where it is used'],
  links: ['other services are found under their own names', 'Use these'],
  labels: ['nothing here reads the labels of containers', 'Say in the code what they asked for'],
  secrets: ['secret files are not imported', 'Mount a Secret made of a variable'],
  configs: ['config files are not imported', 'Mount them under volumes, and import it again'],
  extends: ['what it extends is not read', 'Print it as one: docker compose config'],
  devices: [
    'a device of the host is not imported',
    'Mount it as host_path, and make the container privileged',
  ],
  shm_size: ['shared memory is 64 MB', 'Mount an empty_dir with medium "Memory" at /dev/shm'],
  security_opt: ['is written differently in Kubernetes', 'Write it as security_context of the container'],
  ulimits: ['processes have the limits of the node', 'Set them in what the container starts'],
  logging: ['the node keeps what a container prints', 'Read it with kubectl logs'],
  profiles: ['every service runs', 'Delete the workloads that are not meant to'],
  platform: ['a pod runs where there is room', 'Write a node_selector for kubernetes.io/arch'],
  pull_policy: ['an image that is pinned is pulled once', 'Set image_pull_policy if that is unwanted'],
  stop_signal: ['Kubernetes ends a container with SIGTERM', 'Write a pre_stop that sends another signal'],
  init: [
    'the program of the image is the first process',
    'Use an image with an init, if it leaves processes behind',
  ],
};

const unknown = [
  'is unknown to the import',
  'Look whether Kubernetes has it, and write it in the code',
] as const;

/** Takes note of what does not come along with a service. */
export function tellLosses({ fields, lose }: ComposeService): void {
  for (const name of Object.keys(fields).filter((one) => !carried.has(one) && !one.startsWith('x-'))) {
    // Of these only the namespace of the host has a place in a pod.
    if (['pid', 'ipc'].includes(name) && fields[name] === 'host') continue;
    const [what, remedy] = reasons[name] ?? unknown;
    lose([name], what, remedy);
  }
  const { restart } = fields;
  if (restart === 'no' || String(restart).startsWith('on-failure')) {
    lose(['restart'], 'a pod of a Deployment is always restarted', 'Make it a Job if it ends by itself');
  }
}
