import { kebabCase } from '../code/names';
import { type Fields, fieldsOf } from '../kubernetes/fields';
import type { Manifest } from '../kubernetes/read-manifests';
import type { Path } from '../source/read-yaml';
import type { ComposeService } from './read-compose';
import { type ServiceApp, serviceApp } from './service-app';
import { serviceEnvironment } from './service-environment';
import { present, servicePod, tellLosses } from './service-pod';
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
  const { volumes, mounts, configs } = serviceVolumes(service, name);
  const { container, ...rest } = servicePod(service, { name, ports, environment, mounts });
  const pod = present({ ...rest, containers: [container], volumes });
  const { replicas = 1 } = fieldsOf(fields['deploy']);
  const web = ports.find(isWeb);
  const host = `${name}.${domain}`;
  tellAddresses(service, ports, web, host);
  const labels = { app: name };
  const make = (
    [apiVersion, kind, own = name]: readonly [apiVersion: string, kind: string, name?: string],
    content: Fields,
    path: (inner: Path) => Path,
  ): Manifest => ({
    file: service.file,
    apiVersion,
    kind,
    name: own,
    namespace,
    value: { apiVersion, kind, metadata: { name: own, namespace, labels }, ...content },
    where: (inner) => service.where(path(inner)),
  });
  const stringData = Object.fromEntries([...environment.secret].map(([key, { text }]) => [key, text]));
  const secret = make(['v1', 'Secret'], { stringData }, ([, key]) => {
    return environment.secret.get(String(key))?.path ?? [];
  });
  const spec = {
    replicas: Number(replicas),
    selector: { matchLabels: labels },
    strategy: { type: 'Recreate' },
    template: { metadata: { labels }, spec: pod },
  };
  const ingress = web?.published === undefined ? undefined : ingressSpec(name, host, web);
  const manifests = [
    ...(environment.secret.size === 0 ? [] : [secret]),
    ...[...configs].map(([config, data]) => make(['v1', 'ConfigMap', config], { data }, () => ['volumes'])),
    make(['apps/v1', 'Deployment'], { spec }, () => []),
    make(['v1', 'Service'], { spec: serviceSpec(labels, ports, web) }, () => ['ports']),
    ...(ingress === undefined
      ? []
      : [make(['networking.k8s.io/v1', 'Ingress'], { spec: ingress }, () => web?.path ?? [])]),
  ];
  const app = serviceApp(service, { name, namespace, ports, pod });
  return { manifests, ...(app !== undefined && { app }) };
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

/** A name for a pod without ports is a Service without an address of its own: it leads to whatever port is asked. */
function serviceSpec(selector: Fields, ports: readonly ServicePort[], web: ServicePort | undefined): Fields {
  if (web !== undefined && ports.length === 1)
    return { selector, ports: [{ port: web.number, targetPort: web.number }] };
  const listed = ports.map((port) => ({
    name: `${port.protocol.toLowerCase()}-${port.number}`,
    port: port.number,
    ...protocolOf(port),
  }));
  return present({ selector, clusterIP: 'None', ports: listed });
}

function ingressSpec(name: string, host: string, { number }: ServicePort): Fields {
  const backend = { service: { name, port: { number } } };
  return { rules: [{ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }] };
}
