import { isPlainObject } from '@home/terraform';
import { type Imported, plural, refused } from '../imported';
import { importObjects } from '../kubernetes/import-manifests';
import type { Source } from '../source/read-source';
import type { Surroundings } from '../surroundings';
import { keyOf } from '../kubernetes/object-relations';
import { readCompose } from './read-compose';
import type { ServiceApp } from './service-app';
import { type ServiceObjects, serviceManifests } from './service-manifests';

/** The namespaces of the home that people's apps live in; that comes first in which an image may do what it did before. */
const appsNamespaces = ['apps-as-root', 'apps'];

/**
 * Turns the services of compose files into workloads.
 *
 * @param around what the workloads find in the home
 * @param wish the workload's name, when there is only one
 */
export function importCompose(sources: readonly Source[], around: Surroundings, wish?: string): Imported {
  const files = sources.map(readCompose);
  const problems = files.flatMap((file) => file.problems);
  if (problems.length > 0) return refused(problems);
  const namespace = appsNamespaces.find((name) => around.namespaces.has(name)) ?? 'default';
  const services = files.flatMap((file) => file.services);
  const converted = services
    .map((service) => serviceManifests(service, { namespace, domain: around.domain }))
    .filter(({ manifests }) => manifests.length > 0);
  const apps = appsAmong(converted, around);
  const manifests = converted.flatMap((one) => one.manifests);
  const imported = importObjects(manifests, around, { wish, sharesSecrets: true, composites: apps });
  return {
    ...imported,
    found: plural(converted.length, 'service'),
    left: [
      ...files.flatMap((file) => file.left),
      ...imported.left,
      ...apps.flatMap(({ differences }) => differences),
    ],
  };
}

/** The types that a web app makes under its name. */
const madeTypes = ['kubernetes_deployment_v1', 'kubernetes_service_v1', 'kubernetes_ingress_v1'];

/** The web apps of the home: their names are free, and nobody calls them at another port than the home gives them. */
function appsAmong(services: readonly ServiceObjects[], { addresses }: Surroundings): ServiceApp[] {
  return services.flatMap(({ app }) => {
    if (app === undefined) return [];
    const own = new Set(app.objects.map(keyOf));
    const others = services.flatMap(({ manifests }) => manifests.filter((one) => !own.has(keyOf(one))));
    const isTaken = app.objects.some(({ kind, name }) =>
      kind === 'ConfigMap'
        ? addresses.has(`kubernetes_config_map_v1.${name}`)
        : madeTypes.some((type) => addresses.has(`${type}.${name}`)),
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
