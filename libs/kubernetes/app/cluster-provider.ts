import { home } from '@home/home';
import { provider } from '@home/providers';

/**
 * The Kubernetes provider's configuration for this home's cluster. The kubeconfig is the one that KUBE_CONFIG_PATH
 * names; its context is named here, so that a plan never goes to another cluster by mistake.
 */
export const clusterProvider = () =>
  provider('kubernetes', { config_context: home.cluster.kubeconfigContext });
