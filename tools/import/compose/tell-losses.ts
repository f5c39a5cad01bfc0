import type { ComposeService } from './read-compose';

/** Members of a service that are carried over, or mean the same here without being said. */
const carried = new Set(
  (
    'image command entrypoint environment env_file ports expose volumes tmpfs healthcheck user working_dir privileged ' +
    'cap_add cap_drop read_only stop_grace_period mem_limit mem_reservation cpus deploy tty stdin_open restart ' +
    'network_mode extra_hosts dns dns_search dns_opt sysctls group_add hostname'
  ).split(' '),
);

/** Why a member does not come along, and what does the same here. */
const reasons: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
  depends_on: ['Kubernetes starts everything at once', 'Give the app a way to wait or to try again'],
  build: ['an image has to be in a registry', 'Build and push it, and name it as image'],
  networks: [
    'everything in the cluster can reach everything else',
    'Write a NetworkPolicy where that is unwanted',
  ],
  container_name: ['other services find it under its own name', 'Change the name where it is used'],
  links: ['other services are found under their own names', 'Use these'],
  labels: ['nothing here reads the labels of containers', 'Say in the code what they asked for'],
  secrets: ['secret files are not imported', 'Mount a Secret made of a variable'],
  configs: ['config files are not imported', 'Mount them under volumes, and import it again'],
  extends: ['what it extends is not read', 'Print it as one: docker compose config'],
  devices: [
    'a device of the host is not imported',
    'Mount it as host_path, and make the container privileged',
  ],
  shm_size: ['shared memory is 64 MB', 'Mount an empty_dir with medium "Memory" at /dev/shm'],
  security_opt: ['is written differently in Kubernetes', 'Write it as security_context of the container'],
  ulimits: ['processes have the limits of the node', 'Set them in what the container starts'],
  logging: ['the node keeps what a container prints', 'Read it with kubectl logs'],
  profiles: ['every service runs', 'Delete the workloads that are not meant to'],
  platform: ['a pod runs where there is room', 'Write a node_selector for kubernetes.io/arch'],
  pull_policy: ['an image that is pinned is pulled once', 'Set image_pull_policy if that is unwanted'],
  stop_signal: ['Kubernetes ends a container with SIGTERM', 'Write a pre_stop that sends another signal'],
  init: [
    'the program of the image is the first process',
    'Use an image with an init, if it leaves processes behind',
  ],
};

const unknown = [
  'is unknown to the import',
  'Look whether Kubernetes has it, and write it in the code',
] as const;

/** Takes note of what does not come along with a service. */
export function tellLosses({ fields, lose }: ComposeService): void {
  for (const name of Object.keys(fields).filter((one) => !carried.has(one) && !one.startsWith('x-'))) {
    // Of these only the namespace of the host has a place in a pod.
    if (['pid', 'ipc'].includes(name) && fields[name] === 'host') continue;
    const [what, remedy] = reasons[name] ?? unknown;
    lose([name], what, remedy);
  }
  const { restart } = fields;
  if (restart === 'no' || String(restart).startsWith('on-failure')) {
    lose(['restart'], 'a pod of a Deployment is always restarted', 'Make it a Job if it ends by itself');
  }
}
