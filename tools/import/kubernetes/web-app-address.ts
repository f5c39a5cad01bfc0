import { fieldsOf, hasOnly, onlyItem, textOf } from './fields';
import type { Manifest } from './read-manifests';

/** Where a web app is reached. */
export interface AppAddress {
  readonly host: string;
  readonly servicePort: unknown;
  readonly targetPort: unknown;
}

/** The address of a Service and an Ingress that send everything under one name to one port. */
export function readAddress(service: Manifest, ingress: Manifest): AppAddress | undefined {
  const spec = fieldsOf(service.value['spec']);
  const port = onlyItem(spec['ports']);
  const rules = fieldsOf(ingress.value['spec']);
  const rule = onlyItem(rules['rules']);
  const path = onlyItem(fieldsOf(rule?.['http'])['paths']);
  const backend = fieldsOf(fieldsOf(path?.['backend'])['service']);
  const host = textOf(rule?.['host']);
  const named = fieldsOf(backend['port']);
  if (port === undefined || host === undefined || !/^[a-z0-9-]+(\.|$)/.test(host)) return undefined;
  const isPlain =
    [service, ingress].every(({ value }) =>
      hasOnly(fieldsOf(value['metadata']), ['name', 'namespace', 'labels']),
    ) &&
    hasOnly(spec, ['type', 'selector', 'ports']) &&
    (spec['type'] ?? 'ClusterIP') === 'ClusterIP' &&
    hasOnly(port, ['port', 'targetPort', 'name', 'protocol']) &&
    (port['protocol'] ?? 'TCP') === 'TCP' &&
    hasOnly(rules, ['rules', 'ingressClassName']) &&
    (path?.['path'] ?? '/') === '/' &&
    path?.['pathType'] !== 'Exact' &&
    backend['name'] === service.name &&
    (named['number'] === port['port'] || (named['name'] !== undefined && named['name'] === port['name']));
  return isPlain
    ? { host, servicePort: port['port'], targetPort: port['targetPort'] ?? port['port'] }
    : undefined;
}
