import { isPlainObject } from '@home/terraform';
import { kebabCase } from '../code/names';
import { keyOf } from './object-links';
import { type AppObject, type WebAppShape, namesIn, webAppShape } from './web-app-shape';

/** What surrounds the objects among which web apps are looked for. */
export interface AppSurroundings<Part extends AppObject> {
  /** The domain of the home's apps. */
  readonly domain: string;
  /** Addresses that the stack has already. */
  readonly addresses: ReadonlySet<string>;
  /** What else a web app must be. */
  isFit?(shape: WebAppShape<Part>): boolean;
}

/** The types that a web app makes under its name. */
const made = ['kubernetes_deployment_v1', 'kubernetes_service_v1', 'kubernetes_ingress_v1'];

/**
 * Finds the web apps of the home among objects. An app to whose objects others refer is none, since they would not find
 * them.
 *
 * @param groups the objects of each workload
 */
export function recognizeWebApps<Part extends AppObject>(
  groups: readonly { readonly objects: readonly Part[] }[],
  { domain, addresses, isFit = () => true }: AppSurroundings<Part>,
): readonly WebAppShape<Part>[] {
  const taken = new Set(addresses);
  const all = groups.flatMap((group) => group.objects);
  const calls = new Map(all.map((object) => [object, callsIn(object.manifest.value)]));
  const shapes = groups.flatMap(({ objects }) =>
    objects
      .filter(({ manifest }) => manifest.kind === 'Deployment')
      .flatMap((deployment) => webAppShape(deployment, objects, domain) ?? []),
  );
  return shapes.filter((shape) => {
    const own = addressesOf(shape);
    if (!hasLabels(shape) || own.some((address) => taken.has(address))) return false;
    const keys = shape.objects.map(({ manifest }) => keyOf(manifest));
    const others = all.filter((one) => !shape.objects.includes(one));
    const isNeeded = others.some(
      (one) => keys.some((key) => namesIn(one).has(key)) || callsAtPort(calls.get(one) ?? [], shape.name),
    );
    if (isNeeded || !isFit(shape)) return false;
    for (const address of own) taken.add(address);
    return true;
  });
}

/** What there may be only once in a stack, and in a home. */
const addressesOf = ({ name, host, config }: WebAppShape): string[] => [
  ...made.map((type) => `${type}.${name}`),
  ...(config ? [`kubernetes_config_map_v1.${config.object.manifest.name}`] : []),
  `host ${host}`,
];

/** Whether the names can be labels of blocks. */
const hasLabels = ({ name, config }: WebAppShape): boolean =>
  [name, config?.object.manifest.name ?? name].every((one) => kebabCase(one) === one);

/** The texts that call something at a port. */
export function callsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return /:\d/.test(value) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap(callsIn);
  return isPlainObject(value) ? Object.values(value).flatMap(callsIn) : [];
}

/** Whether one of the texts calls a Service at another port than the home gives it. */
export function callsAtPort(calls: readonly string[], service: string): boolean {
  const call = new RegExp(`\\b${service}(\\.[\\w.-]+)?:(?!80\\b)\\d+\\b`);
  return calls.some((text) => call.test(text));
}
