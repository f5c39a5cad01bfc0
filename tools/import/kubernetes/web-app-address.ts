import { fieldsOf, hasOnly, onlyItem, textOrComputed } from './fields';
import type { Manifest } from './read-manifests';
import { objectMembers } from './web-app-container';

/** Where a web app is reached. */
export interface AppAddress {
  readonly host: string;
  readonly servicePort: unknown;
  readonly targetPort: unknown;
}

/** Annotations that say which ingress answers, and with which certificate; the home has its own. */
const served = /^kubernetes\.io\/ingress\.class$|^cert-manager\.io\/|^traefik\..*\/router\.(entrypoints|tls)/;

/** The annotations of an Ingress that ask for nothing that a web app of the home lacks; undefined where one does. */
export function servingAnnotations({ value }: Manifest): readonly string[] | undefined {
  const names = Object.keys(fieldsOf(fieldsOf(value['metadata'])['annotations']));
  return names.every((name) => served.test(name)) ? names : undefined;
}

/** The address of a Service and an Ingress that send everything under one name to one port. */
export function readAddress(service: Manifest, ingress: Manifest): AppAddress | undefined {
  const spec = fieldsOf(service.value['spec']);
  const port = onlyItem(spec['ports']);
  const rules = fieldsOf(ingress.value['spec']);
  const rule = onlyItem(rules['rules']);
  const http = fieldsOf(rule?.['http']);
  const path = onlyItem(http['paths']);
  const backend = fieldsOf(fieldsOf(path?.['backend'])['service']);
  // The home has a domain of its own, so that the first part of the name is enough.
  const host = textOrComputed(rule?.['host'])?.toString();
  const named = fieldsOf(backend['port']);
  if (port === undefined || rule === undefined || path === undefined) return undefined;
  if (host === undefined || !/^[a-z0-9-]+(\.|$)/.test(host)) return undefined;
  const isPlain =
    [service, ingress].every(({ value }) => hasOnly(value, objectMembers)) &&
    hasOnly(fieldsOf(service.value['metadata']), ['name', 'namespace', 'labels']) &&
    hasOnly(fieldsOf(ingress.value['metadata']), ['name', 'namespace', 'labels', 'annotations']) &&
    servingAnnotations(ingress) !== undefined &&
    hasOnly(spec, ['type', 'selector', 'ports']) &&
    (spec['type'] ?? 'ClusterIP') === 'ClusterIP' &&
    hasOnly(port, ['port', 'targetPort', 'name', 'protocol']) &&
    (port['protocol'] ?? 'TCP') === 'TCP' &&
    hasOnly(rules, ['rules', 'ingressClassName', 'tls']) &&
    hasOnly(rule, ['host', 'http']) &&
    hasOnly(http, ['paths']) &&
    hasOnly(path, ['path', 'pathType', 'backend']) &&
    (path['path'] ?? '/') === '/' &&
    path['pathType'] !== 'Exact' &&
    backend['name'] === service.name &&
    (named['number'] === port['port'] || (named['name'] !== undefined && named['name'] === port['name']));
  return isPlain
    ? { host, servicePort: port['port'], targetPort: port['targetPort'] ?? port['port'] }
    : undefined;
}
