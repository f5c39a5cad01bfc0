import { plural } from '../format-report';
import { type Imported, refused } from '../imported';
import { importObjects } from '../kubernetes/import-manifests';
import type { Source } from '../source/read-source';
import type { Surroundings } from '../surroundings';
import { readCompose } from './read-compose';
import { serviceManifests } from './service-manifests';

/** The namespace of the home that people's apps live in. */
const appsNamespace = 'apps';

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
  const namespace = around.namespaces.has(appsNamespace) ? appsNamespace : 'default';
  const services = files.flatMap((file) => file.services);
  const converted = services
    .map((service) => serviceManifests(service, { namespace, domain: around.domain }))
    .filter((manifests) => manifests.length > 0);
  const imported = importObjects(converted.flat(), around, { wish, sharesSecrets: true });
  return {
    ...imported,
    found: plural(converted.length, 'service'),
    left: [...files.flatMap((file) => file.left), ...imported.left],
  };
}
