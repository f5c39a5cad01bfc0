import { kebabCase } from '../code/names';
import { type Fields, fieldsOf } from '../kubernetes/fields';
import type { Manifest } from '../kubernetes/read-manifests';
import type { Path } from '../source/read-yaml';
import type { ComposeService } from './read-compose';
import { type ServiceApp, serviceApp } from './service-app';
import { seconds, serviceContainer, servicePod, serviceProbe } from './service-pod';
import { serviceEnvironment } from './service-environment';
import { type ServicePort, isWeb, protocolOf, servicePorts } from './service-ports';
import { serviceVolumes } from './service-volumes';
import { tellLosses } from './tell-losses';

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
