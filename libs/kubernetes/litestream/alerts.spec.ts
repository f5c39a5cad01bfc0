import { resolve } from '@home/terraform';
import { labelsOf } from '../app/labels';
import type { Replica } from '../generated/web-app';
import { exampleReplica } from './example-replica';
import { replicatedDatabases } from './replicated-database';

const { alerts: _, ...replica } = exampleReplica;

interface ContainerBody {
  readonly name: string;
  readonly env: readonly { readonly name: string; readonly value?: unknown }[];
  readonly env_from: readonly { readonly secret_ref: { readonly name: string } }[];
}

/** What a database whose home has such alerts makes, and gives to its two containers that report. */
function database(alerts: Replica['alerts']) {
  const { blocks, annotations, initContainers } = replicatedDatabases('notes', {
    namespace: 'apps',
    labels: labelsOf('notes', 'app'),
    user: { uid: 1000, gid: 1000 },
    stopSeconds: 10,
    database: {
      file: '/data/notes.db',
      verify: '0 3 * * 6',
      replica: { ...replica, ...(alerts && { alerts }) },
    },
  });
  const job = blocks.find(({ type }) => type === 'kubernetes_cron_job_v1')?.body;
  const [verifying] = Object(job).spec.job_template.spec.template.spec.container as [ContainerBody];
  const replicating = (initContainers as unknown as ContainerBody[]).find(
    ({ name }) => name === 'litestream-sidecar',
  );
  const given = (container: ContainerBody | undefined) => ({
    pings: Object.fromEntries(
      (container?.env ?? [])
        .filter(({ name }) => name.startsWith('PING_'))
        .map(({ name, value }) => [name, resolve(value)]),
    ),
    secrets: container?.env_from.map(({ secret_ref: { name } }) => name),
  });
  return {
    made: blocks.map(({ type }) => type).filter((type) => type.startsWith('healthchecksio_')),
    annotations: Object.keys(annotations ?? {}),
    replication: given(replicating),
    verification: given(verifying),
  };
}

it('tells healthchecks.io how replication and verification go, each at an address of its own', () => {
  const { made, replication, verification } = database({
    kind: 'healthchecks.io',
    graceSeconds: 300,
    channel: 'email',
    tags: [],
    timezone: 'UTC',
  });
  expect(made).toEqual(['healthchecksio_channel', 'healthchecksio_check', 'healthchecksio_check']);
  expect(Object.keys(replication.pings)).toEqual(['PING_SUCCESS', 'PING_FAILURE']);
  expect(Object.keys(verification.pings)).toEqual(['PING_START', 'PING_SUCCESS', 'PING_FAILURE']);
  expect(verification.secrets).toEqual(['litestream']);
});

it('gives both the addresses of one’s own, and starts the pod anew when they change', () => {
  const { made, annotations, replication, verification } = database({
    kind: 'addresses',
    secretName: 'alerts',
    secretRevision: 7,
  });
  expect(made).toEqual([]);
  expect(replication).toEqual({
    pings: { PING_CHECK: 'notes-litestream-replicate' },
    secrets: ['litestream', 'alerts'],
  });
  expect(verification).toEqual({
    pings: { PING_CHECK: 'notes-litestream-verify' },
    secrets: ['litestream', 'alerts'],
  });
  expect(annotations.some((key) => key.endsWith('/alerts'))).toBe(true);
});

it('lets no app wait for Gotify, whose tokens are made after the apps', () => {
  const { made, replication, verification } = database({ kind: 'gotify', secretName: 'alerts' });
  expect(made).toEqual([]);
  expect(replication).toEqual({ pings: {}, secrets: ['litestream'] });
  expect(verification).toEqual({
    pings: { PING_CHECK: 'notes-litestream-verify' },
    secrets: ['litestream', 'alerts'],
  });
});

it('tells nobody where nobody is to hear', () => {
  const { made, replication, verification } = database(undefined);
  expect(made).toEqual([]);
  for (const one of [replication, verification]) expect(one).toEqual({ pings: {}, secrets: ['litestream'] });
});
