import { replicaKeys } from '@home/home';
import type { Store } from './store';

/** A store whose owner made the bucket and the key: nothing is made there. docs/chores/another-s3-store.md */
export function givenStore(): Store {
  return {
    blocks: [replicaKeys.id, replicaKeys.secret],
    keys: {
      LITESTREAM_ACCESS_KEY_ID: replicaKeys.id.ref,
      LITESTREAM_SECRET_ACCESS_KEY: replicaKeys.secret.ref,
    },
  };
}
