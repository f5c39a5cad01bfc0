import { home, urlOf } from '@home/home';
import { isClusterWide, isKnownToWorld } from '@home/kubernetes';
import { type Fields, fieldsOf, present } from '../kubernetes/fields';
import { loginAsked } from '../kubernetes/marked-defaults';
import type { Manifest } from '../kubernetes/read-manifests';
import type { Path } from '../source/read-yaml';
import type { ComposeService } from './read-compose';
import { type ServiceApp, serviceApp } from './service-app';
import { serviceEnvironment } from './service-environment';
import { servicePod, tellLosses } from './service-pod';
import { type ServicePort, isWeb, protocolOf, servicePorts, speaksTls } from './service-ports';
import type { DiskAndShare } from '../surroundings';
import { type PlacedMount, isKept } from './place-data';
import { serviceVolumes, volumeAndClaim } from './service-volumes';

/** The objects of a service, and the web app that makes most of them, where it is one. */
export interface ServiceObjects {
  readonly manifests: readonly Manifest[];
  readonly app?: ServiceApp;
}

/** Where the objects of a service go. */
export interface ServicePlace extends DiskAndShare {
  readonly namespace: string;
  readonly domain: string;
  /** Its data, and where it goes. */
  readonly placed: readonly PlacedMount[];
}

/**
 * The objects of Kubernetes that do what a service of compose does. Its name leads to all of its ports, as in compose;
 * a port that a browser may open gets an address in the home.
 *
 * @returns none for a service that has no image
 */
export function serviceManifests(
  service: ComposeService,
  { namespace, domain, placed, ...disks }: ServicePlace,
): ServiceObjects {
  const { fields, lose, here: name } = service;
  tellLosses(service);
  if (typeof fields['image'] !== 'string') {
    lose([], 'has no image, so it does not come along', 'Build and push it, and name it as image', 'hurts');
    return { manifests: [] };
  }
  if (name !== service.name)
    lose(
      [],
      'is called otherwise now, also in the environment of others',
      'Change the name where else it is used',
      'usual',
      name,
    );
  const ports = servicePorts(service);
  const environment = serviceEnvironment(service);
  const { volumes, mounts, configs, secretFiles, claims, files } = serviceVolumes(service, name, placed);
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
  ): Manifest => {
    const named = { name: own, ...(!isClusterWide(kind) && { namespace }) };
    return {
      file: service.file,
      apiVersion,
      kind,
      ...named,
      value: { apiVersion, kind, metadata: { ...named, labels }, ...content },
      where: (inner) => service.where(path(inner)),
    };
  };
  const texts = [
    [name, environment.secret],
    [`${name}-files`, secretFiles],
  ] as const;
  const secrets = texts.flatMap(([own, values]) => {
    const stringData = Object.fromEntries([...values].map(([key, { text }]) => [key, text]));
    const path = ([, key]: Path): Path => values.get(String(key))?.path ?? [];
    return values.size === 0 ? [] : [make(['v1', 'Secret', own], { stringData }, path)];
  });
  const spec = {
    replicas: Number(replicas),
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: pod },
  };
  // Of two pods that write, one would break what the other writes.
  const keeps = placed.some(({ place }) => isKept(place));
  const controller = keeps
    ? make(
        ['apps/v1', 'StatefulSet'],
        { spec: { serviceName: name, podManagementPolicy: 'Parallel', ...spec } },
        () => [],
      )
    : make(['apps/v1', 'Deployment'], { spec: { strategy: { type: 'Recreate' }, ...spec } }, () => []);
  const ingress = web?.published === undefined ? undefined : ingressSpec(name, host, web);
  const manifests = [
    ...secrets,
    ...[...configs].map(([config, data]) => make(['v1', 'ConfigMap', config], { data }, () => ['volumes'])),
    ...[...claims].flatMap(([claim, place]) =>
      volumeAndClaim(claim, place, namespace, disks).map(({ kind, spec: volume }) =>
        make(['v1', kind, claim], { spec: volume }, () => ['volumes']),
      ),
    ),
    controller,
    make(['v1', 'Service'], { spec: serviceSpec(labels, ports, web) }, () => ['ports']),
    ...(ingress === undefined
      ? []
      : [make(['networking.k8s.io/v1', 'Ingress'], { spec: ingress }, () => web?.path ?? [])]),
  ];
  const app = serviceApp(service, {
    name,
    namespace,
    ports,
    pod,
    ...(files !== undefined && { files }),
    objects: manifests.filter(({ kind }) => kind !== 'Secret'),
  });
  return { manifests, ...(app !== undefined && { app }) };
}

const askedInPlain = [
  'such a port mostly speaks TLS, and the ingress asks by plain HTTP',
  'Name one that speaks HTTP, if it has one',
  'hurts',
] as const;

/** A port of the host becomes an address of the home, or one inside the cluster. */
function tellAddresses(
  { lose }: ComposeService,
  ports: readonly ServicePort[],
  web: ServicePort | undefined,
  host: string,
): void {
  const published = ports.filter((port) => port.published !== undefined);
  if (web?.published !== undefined) {
    lose(web.path, 'its port becomes an address', 'Open it in a browser', 'usual', urlOf(host));
    if (isKnownToWorld(home)) lose(web.path, ...loginAsked());
    if (speaksTls(web)) lose(web.path, ...askedInPlain, String(web.number));
  }
  const inside = published.filter((port) => port !== web);
  for (const path of new Set(inside.map((port) => port.path))) {
    const numbers = inside.filter((port) => port.path === path).map((port) => port.published);
    const shown = numbers.length > 1 ? `${numbers[0]}-${numbers.at(-1)}` : String(numbers[0]);
    const what = 'the port is reached inside the cluster only';
    lose(path, what, 'Give the container a host_port, if need be', undefined, shown);
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
