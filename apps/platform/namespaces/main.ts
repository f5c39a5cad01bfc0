// The two namespaces of the home. Deleting one would delete all that is in it.
import { resource } from '@home/providers';

const lifecycle = { prevent_destroy: true };

const forApps = resource('kubernetes_namespace_v1', 'apps', { metadata: { name: 'apps' }, lifecycle });

const forInfra = resource('kubernetes_namespace_v1', 'infra', {
  // What runs here uses the host's network, low ports and folders.
  metadata: { name: 'infra', labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } },
  lifecycle,
});

export const apps = forApps.ref.metadata[0].name;
export const infra = forInfra.ref.metadata[0].name;

export default [forApps, forInfra];
