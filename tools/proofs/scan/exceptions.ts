/** Something that the scanner complains of, and that stays as it is. */
export interface Exception {
  readonly check: string;
  /** Of which objects, as the scanner names them; left out, of all. */
  readonly objects?: readonly string[];
  readonly why: string;
}

const dns = 'Deployment.infra.external-dns-server';
const ingress = 'Deployment.infra.traefik';
const logs = 'DaemonSet.infra.fluent-bit';
const wallabag = 'StatefulSet.apps-as-root.wallabag';

/** Each exception, with its reason. One that nothing needs any more is a failure, too. */
export const exceptions: readonly Exception[] = [
  {
    check: 'CKV_K8S_10',
    why: 'One node, and nobody to set shares for: memory is what pods could take from each other, and a rule counts that.',
  },
  { check: 'CKV_K8S_11', why: 'A limit slows a pod down while the processor idles. The same as above.' },
  {
    check: 'CKV_K8S_15',
    why: 'Tags are pinned, so the image on the node is the one that is meant; the home starts without the internet.',
  },
  {
    check: 'CKV_K8S_43',
    why: 'Renovate pins a digest beside each tag (renovate.json). Where this was written no registry of images could be asked.',
  },
  {
    check: 'CKV2_K8S_6',
    why: 'Talos’ own network, flannel, enforces no NetworkPolicy: it would look like a wall and be none.',
  },
  {
    check: 'CKV_K8S_35',
    why: 'The apps take their secrets from nowhere else. A file of the pod would be as readable to them.',
  },
  {
    check: 'CKV_K8S_40',
    why: 'Users are those that own the files of the images (nginx 101, Homepage 1000, nobody). Talos has no user of its own beside them.',
  },
  {
    check: 'CKV_K8S_38',
    objects: ['Deployment.apps.dashboard', logs, ingress],
    why: 'These ask the API: for widgets, for the names of pods, for Ingresses. Each account may read, and no more.',
  },
  {
    check: 'CKV_K8S_19',
    objects: [dns, ingress],
    why: 'They answer at the addresses of the home. Their main.ts says it in beyondRestricted.',
  },
  { check: 'CKV_K8S_26', objects: [dns, ingress], why: 'The ports of these addresses. The same as above.' },
  {
    check: 'CKV_K8S_23',
    objects: [dns, ingress, logs, wallabag],
    why: 'Root, with few of its rights or none. Each main.ts says why in root.',
  },
  {
    check: 'CKV_K8S_25',
    objects: [dns, ingress, wallabag],
    why: 'The rights that their main.ts names in root.',
  },
  {
    check: 'CKV_K8S_22',
    objects: [wallabag],
    why: 'Its entrypoint writes among its own files. Its main.ts says it in writableRoot.',
  },
];
