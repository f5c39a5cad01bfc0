/**
 * The longest that a pod of the home may take to stop, in seconds. A longer grace period would be a promise that nobody
 * keeps: Talos' own drain (`talosctl shutdown`, `reset`, an upgrade from before 1.13) evicts with 60 s, whatever a pod asks
 * for. https://github.com/siderolabs/talos/blob/v1.13.9/pkg/kubernetes/kubernetes.go#L282
 *
 * The kubelets of the home give every pod that long when their machine stops, by libs/talos/kubelet.ts; rules hold the pods
 * and the machines to it.
 */
export const longestGraceSeconds = 60;
