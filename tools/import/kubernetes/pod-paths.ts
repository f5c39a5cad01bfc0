/** Where a kind keeps its pod. */
export const podPaths: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  ...Object.fromEntries(
    ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'ReplicationController'].map((kind) => [
      kind,
      ['spec', 'template', 'spec'],
    ]),
  ),
};
