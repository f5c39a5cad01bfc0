import { home, rootSecret, stack } from '@home/home';
import { clusterProvider } from '@home/kubernetes';
import workloads from '@home/workloads';

// What is set up through the APIs of running apps, and what uses that.
export default stack({
  after: [workloads],
  providers: { kubernetes: [clusterProvider()] },
  blocks: [rootSecret],
  ready: [{ what: 'the pods of the integrations', rollouts: { context: home.cluster.kubeconfigContext } }],
});
