import { type Scene, demand } from '../../engine';
import type { DataStage } from '../stage';
import { root } from '../stores/store';

/** What the keys of the pods must not be good for. */
const forbidden: readonly { readonly what: string; readonly args: (bucket: string) => readonly string[] }[] =
  [
    { what: 'list another bucket', args: () => ['ls', 'user/another'] },
    { what: 'read another bucket', args: () => ['cat', 'user/another/secret'] },
    { what: 'write into another bucket', args: () => ['cp', '/etc/hostname', 'user/another/written'] },
    { what: 'make a bucket', args: () => ['mb', 'user/made'] },
    { what: 'delete its own bucket', args: (bucket) => ['rb', `user/${bucket}`] },
    {
      what: 'open its bucket to everybody',
      args: (bucket) => ['anonymous', 'set', 'public', `user/${bucket}`],
    },
    {
      what: 'change how long its bucket keeps things',
      args: (bucket) => ['ilm', 'rule', 'add', '--expire-days', '1', `user/${bucket}`],
    },
  ];

/** That the keys are good for all that Litestream needs is what every other scene is about. */
export async function tryEverything(stage: DataStage): Promise<string> {
  const { client, bucket, listUsers, keys } = stage.s3;
  await client('mb', '--ignore-existing', 'home/another');
  await client('cp', '/etc/hostname', 'home/another/secret');
  await client('cp', '/etc/hostname', `user/${bucket}/kept`);
  for (const { what, args } of forbidden)
    demand(await isRefused(() => client(...args(bucket))), `the keys of the pods can ${what}`);
  await listUsers(root);
  demand(await isRefused(() => listUsers(keys)), 'the keys of the pods can list the users of the store');
  await client('rm', `user/${bucket}/kept`);
  return `cannot ${forbidden.map(({ what }) => what).join(', ')}, list the users of the store`;
}

const isRefused = (action: () => Promise<unknown>): Promise<boolean> =>
  action().then(
    () => false,
    () => true,
  );

export const permissions: readonly Scene<DataStage>[] = [
  {
    title: 'gives the pods no more rights in the store than Litestream needs',
    short: true,
    seconds: 6,
    play: tryEverything,
  },
];
