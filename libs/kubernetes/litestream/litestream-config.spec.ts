import { longestGraceSeconds, secondsOf } from '@home/home';
import { labelsOf } from '../app/labels';
import { gracePeriodSeconds, litestreamConfig, marginSeconds } from './litestream-config';
import { readLitestreamConfig } from './replications';
import { replicatedDatabases } from './replicated-database';
import { type ReplicatedApp, settleDatabases } from './settle-database';
import type { Replica } from '../generated/web-app';
import { exampleReplica as replica } from './example-replica';

const appWith = (given: Partial<Replica> = {}, props: object = {}, stopSeconds = 10): ReplicatedApp => ({
  namespace: 'apps',
  labels: labelsOf('notes', 'app'),
  user: { uid: 1000, gid: 1001 },
  stopSeconds,
  database: { file: '/data/notes.db', verify: '0 3 * * 6', replica: { ...replica, ...given }, ...props },
});
const settle = (...given: Parameters<typeof appWith>) => settleDatabases('notes', appWith(...given))[0];
const config = (given?: Partial<Replica>, props?: object, stopSeconds?: number) =>
  JSON.parse(litestreamConfig(settle(given, props, stopSeconds)));

describe('Litestream', () => {
  it('keeps what a bad week destroyed until the second verification after it', () => {
    const { snapshot } = config();
    const twoWeeks = 14 * 24 * 3600;
    expect(secondsOf(snapshot.retention)).toBeGreaterThan(twoWeeks);
    expect(secondsOf(snapshot.interval)).toBeLessThanOrEqual(24 * 3600);
  });

  it.each([0, 10, 30])(
    'sends the last writes within the grace period of an app that stops in %d s',
    (stop) => {
      const settings = readLitestreamConfig(litestreamConfig(settle({}, {}, stop)));
      const { shutdownSeconds = 0, shutdownSyncSeconds = 0 } = settings ?? {};
      expect(gracePeriodSeconds).toBeLessThan(longestGraceSeconds);
      expect(shutdownSyncSeconds).toBe(gracePeriodSeconds - stop - marginSeconds);
      // Litestream closes the database after its last upload, and both end within the grace period.
      expect(shutdownSeconds).toBeGreaterThan(shutdownSyncSeconds);
      expect(stop + shutdownSeconds).toBeLessThan(gracePeriodSeconds);
    },
  );

  it('writes each app below its own path of the bucket, and says when it cannot', () => {
    expect(config()).toMatchObject({
      'heartbeat-url': '${LITESTREAM_HEARTBEAT_URL}',
      dbs: [
        {
          path: '/data/notes.db',
          replica: {
            type: 's3',
            bucket: 'replica',
            path: 'notes',
            endpoint: 'http://192.168.107.4:9000',
            'force-path-style': true,
          },
        },
      ],
    });
    expect(config({}, { path: 'old-name' }).dbs[0].replica.path).toBe('old-name');
  });

  it('looks for changes, and sends them, within a second', () => {
    const [{ 'monitor-interval': look, replica: to }] = config().dbs;
    for (const interval of [look, to['sync-interval']]) {
      const [, milliseconds] = /^(\d+)ms$/.exec(interval) ?? [];
      expect(Number(milliseconds)).toBeLessThanOrEqual(500);
    }
  });

  it.each<[string, Partial<Replica>, object]>([
    ['a store in the clear', {}, { 'skip-verify': true }],
    ['a store with a certificate', { endpoint: 'https://nas:9000' }, { 'force-path-style': true }],
    ['AWS', { endpoint: undefined, region: 'eu-central-1' }, { region: 'eu-central-1' }],
  ])('verifies the certificate of a store that has one: %s', (_, given, expected) => {
    const { replica: to } = config(given).dbs[0];
    expect(to).toMatchObject(expected);
    expect('skip-verify' in to).toBe('skip-verify' in expected);
    expect('force-path-style' in to).toBe(given.endpoint !== undefined || !('endpoint' in given));
    expect('region' in to).toBe('region' in given);
  });
});

describe('a database', () => {
  it.each<[string, boolean, object, 'required' | 'new']>([
    ['has to be restored', false, {}, 'required'],
    ['starts as new where its app says so', false, { first: 'new' }, 'new'],
    ['starts as new while the home is deployed for the first time', true, {}, 'new'],
    ['has to be restored where its app says so', false, { first: 'required' }, 'required'],
  ])('%s', (_, firstDeploy, props, first) => {
    expect(settle({ firstDeploy }, props).first).toBe(first);
  });

  it('tells the script that restores it whether it may start as new', () => {
    const start = (firstDeploy: boolean): unknown => {
      const { initContainers } = replicatedDatabases('notes', appWith({ firstDeploy }));
      const [restore] = initContainers as readonly {
        env: readonly { name: string; value: unknown }[];
      }[];
      return restore?.env.find(({ name }) => name === 'REPLICA_FIRST')?.value;
    };
    expect(start(false)).toBe('required');
    expect(start(true)).toBe('new');
  });

  it('lies on a volume of its own, and its replica at a path of its own', () => {
    expect(settle()).toMatchObject({
      path: 'notes',
      replicaUrl: 's3://replica/notes',
      mount: { name: 'database', mount_path: '/data' },
    });
    expect(settle({}, { path: 'a/b' }).replicaUrl).toBe('s3://replica/a/b');
  });

  it('is read and written as its app’s user', () => {
    expect(settle().security).toMatchObject({
      run_as_user: '1000',
      run_as_group: '1001',
    });
  });

  it('gives Litestream what it took of a large one, unless the home says more', () => {
    expect(settle().memoryLimit).toBe('384Mi');
    expect(settle({ memoryLimit: '1Gi' }).memoryLimit).toBe('1Gi');
  });
});
