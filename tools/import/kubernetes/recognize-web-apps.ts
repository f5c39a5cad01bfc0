import { isPlainObject } from '@home/terraform';
import { kebabCase } from '../code/names';
import type { Surroundings } from '../surroundings';
import type { Group } from './group-objects';
import { keyOf, linksIn } from './object-links';
import type { Manifest } from './read-manifests';
import { type WebAppShape, webAppShape } from './web-app-shape';

/** The types that a web app makes under its name. */
const made = ['kubernetes_deployment_v1', 'kubernetes_service_v1', 'kubernetes_ingress_v1'];

/**
 * Finds the groups that are a web app of the home. An app to whose objects others refer is none, since they would
 * not find them.
 */
export function recognizeWebApps(
  groups: readonly Group[],
  around: Surroundings,
): ReadonlyMap<Group, WebAppShape> {
  const hosts = new Set<string>();
  return new Map(
    groups.flatMap((group) => {
      const shape = webAppShape(group, around.domain);
      if (shape === undefined || !isFree(shape, around) || hosts.has(shape.host)) return [];
      const others = groups.flatMap(({ objects }) => objects).filter((one) => !shape.objects.includes(one));
      const own = new Set(shape.objects.map(({ manifest }) => keyOf(manifest)));
      const isNamed = others.some(({ given, manifest }) =>
        linksIn(given, manifest.namespace).some(({ to }) => own.has(keyOf(to))),
      );
      if (
        isNamed ||
        isCalledAtPort(
          shape.name,
          others.map(({ manifest }) => manifest),
        )
      )
        return [];
      hosts.add(shape.host);
      return [[group, shape] as const];
    }),
  );
}

const isFree = ({ name }: WebAppShape, { addresses }: Surroundings): boolean =>
  kebabCase(name) === name && made.every((type) => !addresses.has(`${type}.${name}`));

/** Whether something else that is imported calls a Service at another port than the home gives it. */
function isCalledAtPort(name: string, others: readonly Manifest[]): boolean {
  const call = new RegExp(`\\b${name}(\\.[\\w.-]+)?:(?!80\\b)\\d+\\b`);
  const calls = (value: unknown): boolean => {
    if (typeof value === 'string') return call.test(value);
    if (Array.isArray(value)) return value.some(calls);
    return isPlainObject(value) && Object.values(value).some(calls);
  };
  return others.some(({ value }) => calls(value));
}
