import type { Environment, PodPart } from '@home/kubernetes';
import type { Block } from '@home/terraform';

/** What a fact of the home adds to Traefik. */
export interface TraefikPart {
  readonly blocks?: readonly Block[];
  readonly args?: readonly string[];
  readonly env?: Environment;
  /** What the pod has besides. */
  readonly uses?: readonly PodPart[];
  /** Middlewares by their names: https://doc.traefik.io/traefik/reference/routing-configuration/http/middlewares/overview/ */
  readonly middlewares?: Readonly<Record<string, object>>;
  /** Where certificates lie: https://doc.traefik.io/traefik/reference/routing-configuration/http/tls/tls-certificates/ */
  readonly tls?: object;
}
