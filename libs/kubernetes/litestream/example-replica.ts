import type { Replica } from '../generated/web-app';

/** Where a database of the tests is replicated to. */
export const exampleReplica: Replica = {
  endpoint: 'http://192.168.107.4:9000',
  bucket: 'replica',
  secretName: 'litestream',
  secretRevision: 1,
  firstDeploy: false,
  images: { litestream: 'litestream/litestream:0.5.18', verify: 'example.org/verify:1.0.0' },
  memoryRequest: '48Mi',
  alerts: { kind: 'healthchecks.io', graceSeconds: 300, channel: 'email', tags: [], timezone: 'UTC' },
};
