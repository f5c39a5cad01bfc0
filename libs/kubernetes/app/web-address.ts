import { type HomeFacts, home, host as hostOf, url as urlOf } from '@home/home';
import { resource } from '@home/providers';
import { type Block, type Value, refuse } from '@home/terraform';
import type { AppProps, DashboardEntry, WebAppProps } from '../generated/web-app';
import { service } from './app-ports';
import type { Mistake } from './given-props';
import { type Labels, ownKey } from './labels';

/** Who may ask an app. */
export type Access = Pick<WebAppProps, 'login' | 'public' | 'publicPaths'>;

export interface WebAddressProps extends Access {
  readonly namespace: Value<string>;
  /** On the Service and the Ingress; they also select the pods. */
  readonly labels: Labels;
  /** The first part of the address: `<host>.<domain>`. */
  readonly host: string;
  /** The Service's port. */
  readonly port: { readonly number: number; readonly name: string };
  /** The first parts of further addresses. */
  readonly aliases?: readonly string[];
  /** Further ports of the Service, of which some have addresses of their own. */
  readonly ports?: AppProps['ports'];
  readonly dashboard?: DashboardEntry;
}

/** Where an app is reached: from the home's network, and from inside the cluster. */
export interface WebAddress {
  readonly blocks: readonly Block[];
  readonly host: string;
  readonly url: string;
  readonly serviceName: Value<string>;
}

/**
 * A Service and an Ingress; and another Ingress for what of it is public, where the rest asks for a login.
 *
 * @param name the name of Service and Ingress
 * @throws ProblemsError when the host is more than the first part of an address, or login and public contradict each other
 */
export function webAddress(name: string, props: WebAddressProps): WebAddress {
  for (const { what, remedy } of [...checkHost(props.host), ...checkAccess(props)])
    refuse(name, what, remedy);
  const { namespace, labels, port, aliases = [], ports = {}, dashboard, publicPaths } = props;
  const inCluster = service(name, props);
  const serviceName = inCluster.ref.metadata[0].name;
  const own = [props.host, ...aliases].map((host) => ({ host, port: port.name }));
  const further = Object.entries(ports).flatMap(([key, { host }]) =>
    host === undefined ? [] : [{ host, port: key }],
  );
  const ingress = (
    called: string,
    annotations: Readonly<Record<string, string>> | undefined,
    hosts: typeof own,
    paths: readonly string[] = ['/'],
  ) =>
    resource('kubernetes_ingress_v1', called, {
      metadata: { name: called, namespace, labels, annotations },
      spec: {
        rule: hosts.map((one) => {
          const backend = { service: { name: serviceName, port: { name: one.port } } };
          const http = { path: paths.map((path) => ({ path, path_type: 'Prefix', backend })) };
          return { host: hostOf(one.host), http };
        }),
      },
    });
  const address = { host: hostOf(props.host), url: urlOf(props.host) };
  const shown = dashboard && dashboardAnnotations(dashboard, address.url);
  const access = accessAnnotations(props);
  const whole = ingress(name, (shown ?? access) && { ...shown, ...access }, [...own, ...further]);
  const open =
    publicPaths && ingress(`${name}-public`, accessAnnotations({ public: true }), own, publicPaths);
  return { ...address, serviceName, blocks: [inCluster, whole, ...(open ? [open] : [])] };
}

/** Where Ingresses name what a request passes before the app: https://doc.traefik.io/traefik/routing/providers/kubernetes-ingress/ */
export const middlewaresAnnotation = 'traefik.ingress.kubernetes.io/router.middlewares';

/** Whether the world knows the home's addresses: a public certificate puts its domain in public logs. */
export const isKnownToWorld = ({ https }: Pick<HomeFacts, 'https'>): boolean => https?.kind === 'acme';

/** What asks who is there; @home/platform/ingress declares it. */
export const loginMiddleware = 'login';

/** How an Ingress names it: Traefik reads it from a file. */
export const loginAt = `${loginMiddleware}@file`;

/** The annotation of an Ingress that is open to whoever reaches it; a rule asks for it where the world knows the domain. */
export const publicAnnotation = (): string => ownKey('public');

/** The annotations that say who may ask an app; undefined where nothing has to be said. */
export function accessAnnotations({
  login,
  public: isPublic,
}: Access): Readonly<Record<string, string>> | undefined {
  if (login === true) return { [middlewaresAnnotation]: loginAt };
  return isPublic === true && isKnownToWorld(home) ? { [publicAnnotation()]: 'true' } : undefined;
}

/** Checks that an app asks for a login that there is, or does not. */
export function* checkAccess({ login, public: isPublic, publicPaths }: Access): Generator<Mistake> {
  if (login === true && home.logins === undefined) {
    const remedy = `Write logins: { kind: 'password', users: [ … ] } there, or take login out`;
    yield { what: 'login must be one that libs/home/facts.ts describes, but it has no logins', remedy };
  }
  if (login === true && isPublic === true)
    yield { what: 'login and public must not both be true', remedy: 'Take one out' };
  if (login !== true && publicPaths !== undefined)
    yield { what: 'publicPaths must come with login: true', remedy: 'Add it, or take them out' };
}

/** The domain is put behind it, and DNS would answer for `devtools.rpi.rpi` too. */
export function checkHost(host: string, prop = 'host'): Mistake[] {
  const [label = '', ...rest] = host.split('.');
  if (rest.length === 0) return [];
  const what = `${prop} "${host}" must be the part before the domain "${home.domain}", without a dot`;
  return [{ what, remedy: `Write "${label}"` }];
}

/** What the dashboard finds apps by: https://gethomepage.dev/configs/kubernetes/#automatic-service-discovery */
function dashboardAnnotations(
  { title, group = 'Apps', widget }: DashboardEntry,
  url: string,
): Readonly<Record<string, string>> {
  return {
    'gethomepage.dev/enabled': 'true',
    // It takes an Ingress without a certificate of its own for one of plain HTTP.
    ...(home.https !== undefined && { 'gethomepage.dev/href': url }),
    'gethomepage.dev/group': group,
    'gethomepage.dev/name': title,
    ...Object.fromEntries(
      Object.entries(widget ?? {}).map(([setting, value]) => [`gethomepage.dev/widget.${setting}`, value]),
    ),
  };
}
