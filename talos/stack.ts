import { home, stack } from '@home/home';

// The machines, and Kubernetes on them. No health data source: every plan would need a machine that runs. What comes
// later waits until the API server answers.
export default stack({
  providers: { talos: [] },
  ready: [{ what: 'Kubernetes', kubernetes: { context: home.cluster.kubeconfigContext } }],
});
