import { home, rootSecret, stack } from '@home/home';
import { clusterProvider } from '@home/kubernetes';
import platform from '@home/platform';
import { provider } from '@home/providers';

// The apps that people use.
export default stack({
  after: [platform],
  providers: {
    kubernetes: [clusterProvider()],
    // HEALTHCHECKSIO_API_KEY comes from the environment.
    ...(home.alerts?.kind === 'healthchecks.io' ? { healthchecksio: [provider('healthchecksio', {})] } : {}),
  },
  blocks: [rootSecret],
  ready: [{ what: 'the pods of the apps', rollouts: { context: home.cluster.kubeconfigContext } }],
});
