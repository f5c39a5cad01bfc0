import { kebabCase } from '../code/names';
import { type Fields, fieldsOf } from '../kubernetes/fields';
import type { Manifest } from '../kubernetes/read-manifests';
import type { Path } from '../source/read-yaml';
import type { ComposeService } from './compose-service';
import { serviceContainer } from './service-container';
import { serviceEnvironment } from './service-environment';
import { seconds, serviceProbe } from './service-health';
import { type ServicePort, isWeb, protocolOf, servicePorts } from './service-ports';
import { serviceVolumes } from './service-volumes';

/** Members of a service that are carried over, or mean the same here without being said. */
const carried = new Set(
  (
    'image command entrypoint environment env_file ports expose volumes tmpfs healthcheck user working_dir privileged ' +
    'cap_add cap_drop read_only stop_grace_period mem_limit mem_reservation cpus deploy tty stdin_open restart'
  ).split(' '),
);

/** Why a member does not come along, where there is more to say than that. */
const reasons: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
  depends_on: ['Kubernetes starts everything at once', 'Give the app a way to wait or to try again'],
  build: ['an image has to be in a registry', 'Build and push it, and name it as image'],
  networks: ['everything in the cluster reaches everything', 'Write a NetworkPolicy where that must not be'],
  container_name: ['other services find it under its own name', 'Change the name where it is used'],
  labels: ['labels of containers are read by nobody here', 'Say in the code what they asked for'],
  secrets: ['files of secrets stay behind', 'Mount a Secret made of a variable'],
  extends: ['what it extends is not read', 'Print it as one: docker compose config'],
};

/** Where the objects of a service go. */
export interface ServiceSurroundings {
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
  { namespace, domain }: ServiceSurroundings,
): Manifest[] {
  const { fields, lose } = service;
  tellLosses(service);
  if (typeof fields['image'] !== 'string') {
    lose([], 'has no image', 'Build and push it, and name it as image');
    return [];
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
  const deployment = { spec: deploymentSpec(service, name, container, volumes.volumes) };
  const web = ports.find(isWeb);
  const host = `${name}.${domain}`;
  tellAddresses(service, ports, web, host);
  return [
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
}

const textsOf = (secret: ReadonlyMap<string, { readonly text: string }>): Fields =>
  Object.fromEntries([...secret].map(([name, { text }]) => [name, text]));

function tellLosses({ fields, lose }: ComposeService): void {
  for (const name of Object.keys(fields).filter((one) => !carried.has(one) && !one.startsWith('x-'))) {
    const [what, remedy] = reasons[name] ?? ['has no place in the home', 'It does without'];
    lose([name], what, remedy);
  }
  const { restart } = fields;
  if (restart === 'no' || String(restart).startsWith('on-failure')) {
    lose(
      ['restart'],
      'a pod of a Deployment is always started anew',
      'Make it a Job, where it ends by itself',
    );
  }
}

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
  container: Fields,
  volumes: readonly Fields[],
): Fields {
  const { replicas } = fieldsOf(fields['deploy']);
  return {
    replicas: replicas === undefined ? 1 : Number(replicas),
    selector: { matchLabels: { app: name } },
    strategy: { type: 'Recreate' },
    template: {
      metadata: { labels: { app: name } },
      spec: {
        containers: [container],
        ...(volumes.length > 0 && { volumes }),
        ...seconds('terminationGracePeriodSeconds', fields['stop_grace_period']),
      },
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
