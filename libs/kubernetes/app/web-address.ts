import { home, host as hostOf, url as urlOf } from '@home/home';
import { resource } from '@home/providers';
import { type Block, type Problem, type Value, refuse } from '@home/terraform';
import type { AppProps, DashboardEntry } from '../generated/web-app';
import { service } from './app-ports';
import type { Labels } from './labels';

export interface WebAddressProps {
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
 * A Service and an Ingress.
 *
 * @param name the name of both
 * @throws ProblemsError when the host is more than the first part of an address
 */
export function webAddress(name: string, props: WebAddressProps): WebAddress {
  for (const { what, remedy } of checkHost(props.host)) refuse(name, what, remedy);
  const { namespace, labels, port, aliases = [], ports = {}, dashboard } = props;
  const inCluster = service(name, props);
  const serviceName = inCluster.ref.metadata[0].name;
  const hosts = [
    ...[props.host, ...aliases].map((host) => ({ host, port: port.name })),
    ...Object.entries(ports).flatMap(([key, { host }]) => (host === undefined ? [] : [{ host, port: key }])),
  ];
  const ingress = resource('kubernetes_ingress_v1', name, {
    metadata: { name, namespace, labels, annotations: dashboard && dashboardAnnotations(dashboard) },
    spec: {
      rule: hosts.map((one) => ({
        host: hostOf(one.host),
        http: {
          path: [
            {
              path: '/',
              path_type: 'Prefix',
              backend: { service: { name: serviceName, port: { name: one.port } } },
            },
          ],
        },
      })),
    },
  });
  return { blocks: [inCluster, ingress], host: hostOf(props.host), url: urlOf(props.host), serviceName };
}

/** The domain is put behind it, and DNS would answer for `devtools.rpi.rpi` too. */
export function checkHost(host: string, prop = 'host'): Omit<Problem, 'where'>[] {
  const [label = '', ...rest] = host.split('.');
  if (rest.length === 0) return [];
  const what = `${prop} "${host}" must be the part before the domain "${home.domain}", without a dot`;
  return [{ what, remedy: `Write "${label}"` }];
}

/** What the dashboard finds apps by: https://gethomepage.dev/configs/kubernetes/#automatic-service-discovery */
function dashboardAnnotations({
  title,
  group = 'Apps',
  widget,
}: DashboardEntry): Readonly<Record<string, string>> {
  return {
    'gethomepage.dev/enabled': 'true',
    'gethomepage.dev/group': group,
    'gethomepage.dev/name': title,
    ...Object.fromEntries(
      Object.entries(widget ?? {}).map(([setting, value]) => [`gethomepage.dev/widget.${setting}`, value]),
    ),
  };
}
