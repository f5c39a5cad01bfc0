import { home, onePasswordVault, rootSecret, stack } from '@home/home';
import { clusterProvider } from '@home/kubernetes';
import { provider } from '@home/providers';
import workloads from '@home/workloads';
import { admin, gotify } from '@home/workloads/gotify';

// What is set up through the APIs of running apps, and what uses that.
export default stack({
  after: [workloads],
  providers: {
    kubernetes: [clusterProvider()],
    gotify: [
      // By address, because it works before anyone uses the home's DNS.
      provider('gotify', {
        endpoint: `http://${home.staticIp.v4}`,
        host_header: gotify.host,
        username: admin.username,
        password: admin.password,
      }),
    ],
    // OP_SERVICE_ACCOUNT_TOKEN comes from the environment.
    onepassword: [provider('onepassword', {})],
  },
  blocks: [rootSecret, onePasswordVault],
  ready: [{ what: 'the pods of the integrations', rollouts: { context: home.cluster.kubeconfigContext } }],
});
