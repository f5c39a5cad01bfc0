import { type KubernetesApi } from './recorded-api';
import { plain } from './match-fields';

/**
 * The resource for a kind of object: `autoscaling/v2 HorizontalPodAutoscaler` → `kubernetes_horizontal_pod_autoscaler_v2`.
 *
 * @param types the provider's resources
 * @returns undefined for a kind that the provider has no typed resource for
 */
export function resourceOfKind(
  apiVersion: string,
  kind: string,
  types: Iterable<string>,
): string | undefined {
  const wanted = resourceName(apiVersion, kind);
  return [...types].find((type) => plain(type) === wanted);
}

/** The kind of object that a resource makes: `kubernetes_deployment_v1` → `apps/v1` and `Deployment`. */
export function kindOfResource(
  type: string,
  api: KubernetesApi,
): { apiVersion: string; kind: string } | undefined {
  return Object.keys(api.kinds)
    .map((name) => {
      const [apiVersion = '', kind = ''] = name.split(' ');
      return { apiVersion, kind };
    })
    .find(({ apiVersion, kind }) => resourceName(apiVersion, kind) === plain(type));
}

const resourceName = (apiVersion: string, kind: string): string =>
  plain(`kubernetes${kind}${apiVersion.split('/').at(-1)}`);
