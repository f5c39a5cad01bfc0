// The namespaces of the home, by what their pods may do. Deleting one would delete all that is in it.
// https://kubernetes.io/docs/concepts/security/pod-security-standards/
import { resource } from '@home/providers';

const enforcing = (name: string, level: 'restricted' | 'baseline' | 'privileged') =>
  resource('kubernetes_namespace_v1', name, {
    metadata: { name, labels: { 'pod-security.kubernetes.io/enforce': level } },
    lifecycle: { prevent_destroy: true },
  });

const forApps = enforcing('apps', 'restricted');

// For images that have to start as root, with few of its rights.
const forAppsAsRoot = enforcing('apps-as-root', 'baseline');

// What runs here uses the host's network, ports, folders and devices.
const forInfra = enforcing('infra', 'privileged');

export const apps = forApps.ref.metadata[0].name;
export const appsAsRoot = forAppsAsRoot.ref.metadata[0].name;
export const infra = forInfra.ref.metadata[0].name;

export default [forApps, forAppsAsRoot, forInfra];
