// The identity of the cluster: its authorities, keys and tokens. They live in the state alone, and a lost machine does
// not lose them.
import { home } from '@home/home';
import { resource } from '@home/providers';

// Terraform refuses to replace them: a lower contract would remake every secret, and no machine would know the cluster.
export const secrets = resource('talos_machine_secrets', 'cluster', {
  talos_version: home.versions.talosContract,
  lifecycle: { prevent_destroy: true },
});

export default secrets;
