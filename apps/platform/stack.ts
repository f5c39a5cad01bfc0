import { home, rootSecret, stack } from '@home/home';
import { clusterProvider } from '@home/kubernetes';

const { kubeconfigContext } = home.cluster;

// What every app of the home needs: namespaces, an address, a name, and a place for its data.
export default stack({
  providers: { kubernetes: [clusterProvider()] },
  blocks: [rootSecret],
  ready: [{ what: 'the pods of the platform', rollouts: { context: kubeconfigContext } }],
});
