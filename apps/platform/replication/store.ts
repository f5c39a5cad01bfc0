import type { Block, Value } from '@home/terraform';

/** Where replicas go: what is made there, and the keys that Litestream uses. */
export interface Store {
  readonly blocks: readonly Block[];
  readonly keys: {
    readonly LITESTREAM_ACCESS_KEY_ID: Value<string>;
    readonly LITESTREAM_SECRET_ACCESS_KEY: Value<string>;
  };
}
