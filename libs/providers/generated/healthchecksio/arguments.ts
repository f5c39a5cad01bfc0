// Made by tools/sync-schemas from blocks.schema.json. Make it again: npm run sync-schemas. Do not edit.

import type { Value } from '@home/terraform';

export interface CheckArguments {
  channels?: Value<readonly Value<string>[]>
  desc?: Value<string>
  grace?: Value<number>
  methods?: Value<string>
  name: Value<string>
  schedule?: Value<string>
  slug?: Value<string>
  tags?: Value<readonly Value<string>[]>
  timeout?: Value<number>
  timezone?: Value<string>
}

export interface DataChannelArguments {
  kind: Value<string>
  name?: Value<string>
}

export interface ProviderArguments {
  /** Sensitive. */
  api_key?: Value<string>
  api_url?: Value<string>
}
