// Made by tools/sync-schemas from blocks.schema.json. Make it again: npm run sync-schemas. Do not edit.

import type { Value } from '@home/terraform';

export interface DataArguments {
  input?: unknown
  triggers_replace?: unknown
}

export interface DataRemoteStateArguments {
  backend: Value<string>
  config?: unknown
  defaults?: unknown
  workspace?: Value<string>
}

export interface ProviderArguments {
}
