import { home } from '@home/home';

/** The labels that say what an object belongs to and that select its pods; immutable once a workload exists. */
export interface Labels {
  readonly 'app.kubernetes.io/name': string;
  readonly 'app.kubernetes.io/managed-by': 'terraform';
  readonly 'app.kubernetes.io/component': string;
  readonly [label: string]: string;
}

/**
 * Labels by Kubernetes' recommendation: https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
 *
 * @param name the workload's name
 * @param component what it is in the home: `app`, `ingress`, `dns` …
 */
export const labelsOf = (name: string, component: string): Labels => ({
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/managed-by': 'terraform',
  'app.kubernetes.io/component': component,
});

/**
 * The key of a label or annotation that nobody but this home knows: `homeserver.example.org/stop-seconds`.
 *
 * @param name what stands behind the slash
 * @param of what the names are of, where they are somebody else's: `secret.homeserver.example.org/login`
 */
export const ownKey = (name: string, of?: string): string =>
  `${of === undefined ? '' : `${of}.`}${home.labelDomain}/${name}`;
