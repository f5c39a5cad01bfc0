import { type Problem, isPlainObject } from '@home/terraform';
import { folderOf } from '../code/workload-code';
import { type Imported, plural, refused } from '../imported';
import { importObjects } from '../kubernetes/import-manifests';
import type { Source } from '../source/read-source';
import type { Surroundings } from '../surroundings';
import { keyOf } from '../kubernetes/object-relations';
import { copyScripts } from './copy-data';
import { type PlacedMount, placeData } from './place-data';
import { type ComposeService, readCompose } from './read-compose';
import type { ServiceApp } from './service-app';
import { renamedServices, withFreeNames, withNames } from './service-names';
import { needsNode } from './service-pod';
import { type ServiceObjects, serviceManifests } from './service-manifests';

/** The namespaces of the home, by what their pods do; that comes first in which an image may do what it did before. */
const namespacesFor = { apps: ['apps-as-root', 'apps'], node: ['infra'] };

/** How services are imported. */
export interface ComposeImport {
  /** The workload's name, when there is only one. */
  readonly wish?: string | undefined;
  /** Services whose data may be lost. */
  readonly givenUp: ReadonlySet<string>;
}

/**
 * Turns the services of compose files into workloads.
 *
 * @param around what the workloads find in the home
 */
export function importCompose(
  sources: readonly Source[],
  around: Surroundings,
  { wish, givenUp }: ComposeImport,
): Imported {
  const files = sources.map(readCompose);
  const problems = files.flatMap((file) => file.problems);
  const services = withFreeNames(
    files.flatMap((file) => file.services),
    around,
  );
  const known = new Set(services.map(({ name }) => name));
  const strange = [...givenUp].filter((name) => !known.has(name)).map((name) => noService(name, known));
  if (problems.length + strange.length > 0) return refused([...problems, ...strange]);
  const placed = placeData(services, givenUp);
  const homeless =
    around.data.share === undefined ? services.flatMap((one) => withoutShare(one, placed)) : [];
  if (homeless.length > 0) return refused(homeless);
  const namespaceOf = namespacesOf(services, placed, around);
  const coming = services
    .map((service) => {
      const renamed = withNames(service, renamedServices(services, namespaceOf, namespaceOf(service)));
      const mounts = placed.get(service) ?? [];
      const place = {
        namespace: namespaceOf(service),
        domain: around.domain,
        placed: mounts,
        ...around.data,
      };
      return { service, mounts, made: serviceManifests(renamed, place) };
    })
    .filter(({ made }) => made.manifests.length > 0);
  const converted = coming.map(({ made }) => made);
  const apps = appsAmong(converted, around);
  const manifests = converted.flatMap((one) => one.manifests);
  const imported = importObjects(manifests, around, { wish, sharesSecrets: true, composites: apps });
  const copies = copyScripts(
    new Map(coming.map(({ service, mounts }) => [service, mounts])),
    namespaceOf,
    around.data.share,
  );
  const [first, ...others] = imported.workloads;
  const scripts = copies.map(({ file, text }) => [file, text] as const);
  return {
    ...imported,
    ...(first !== undefined && {
      workloads: [{ ...first, assets: new Map([...first.assets, ...scripts]) }, ...others],
      copies: copies.map((copy) => ({ ...copy, file: `${folderOf(first)}/${copy.file}` })),
    }),
    found: plural(converted.length, 'service'),
    left: [
      ...files.flatMap((file) => file.left),
      ...imported.left,
      ...apps.flatMap(({ differences }) => differences),
    ],
  };
}

/** Services that may do what they like with a node go where that is allowed, and with them those that share their data. */
function namespacesOf(
  services: readonly ComposeService[],
  placed: ReadonlyMap<ComposeService, readonly PlacedMount[]>,
  { namespaces }: Surroundings,
): (service: ComposeService) => string {
  const there = (names: readonly string[]): string => names.find((name) => namespaces.has(name)) ?? 'default';
  const onNode = new Set(services.filter(needsNode).map(({ name }) => name));
  const places = [...placed.values()].flat().map(({ place }) => place);
  for (let size = -1; size !== onNode.size;) {
    size = onNode.size;
    for (const { users } of places)
      if ([...users].some((name) => onNode.has(name))) users.forEach((name) => onNode.add(name));
  }
  return ({ name }) => there(onNode.has(name) ? namespacesFor.node : namespacesFor.apps);
}

function noService(name: string, known: ReadonlySet<string>): Problem {
  const what = `"${name}" must be a service of the file`;
  return { where: '--allow-data-loss', what, remedy: `Name some of ${[...known].join(', ')}` };
}

/** Of data that wants a share in a home without one: the first mount of each service. */
function withoutShare(
  service: ComposeService,
  placed: ReadonlyMap<ComposeService, readonly PlacedMount[]>,
): Problem[] {
  const one = placed.get(service)?.find(({ place }) => place.on === 'share');
  if (one === undefined) return [];
  const what = `${service.name}: ${one.target} must be kept, but the home has no share for files`;
  const remedy = `Write nas: { …, files: { export: '/export/home' } } in libs/home/facts.ts, or give its data up: --allow-data-loss=${service.name}`;
  return [{ where: service.where(one.path), what, remedy }];
}

/** The types that a web app makes under its name. */
const madeTypes = ['deployment', 'stateful_set', 'service', 'ingress'].map((kind) => `kubernetes_${kind}_v1`);

/** The web apps of the home: their names are free, and nobody calls them at another port than the home gives them. */
function appsAmong(services: readonly ServiceObjects[], { addresses }: Surroundings): ServiceApp[] {
  return services.flatMap(({ app }) => {
    if (app === undefined) return [];
    const own = new Set(app.objects.map(keyOf));
    const others = services.flatMap(({ manifests }) => manifests.filter((one) => !own.has(keyOf(one))));
    const isTaken =
      madeTypes.some((type) => addresses.has(`${type}.${app.name}`)) ||
      app.objects.some(
        ({ kind, name }) => kind === 'ConfigMap' && addresses.has(`kubernetes_config_map_v1.${name}`),
      );
    return isTaken || others.some(({ value }) => callsAtPort(value, app.name)) ? [] : [app];
  });
}

/** Whether some text in a value calls a service at another port than 80. */
function callsAtPort(value: unknown, service: string): boolean {
  if (typeof value === 'string')
    return new RegExp(`\\b${service}(\\.[\\w.-]+)?:(?!80\\b)\\d+\\b`).test(value);
  if (Array.isArray(value)) return value.some((item) => callsAtPort(item, service));
  return isPlainObject(value) && Object.values(value).some((member) => callsAtPort(member, service));
}
