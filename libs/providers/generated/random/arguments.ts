// Made by tools/sync-schemas from blocks.schema.json. Make it again: npm run sync-schemas. Do not edit.

import type { Value } from '@home/terraform';

export interface PasswordArguments {
  keepers?: Value<Record<string, Value<string>>>
  length: Value<number>
  lower?: Value<boolean>
  min_lower?: Value<number>
  min_numeric?: Value<number>
  min_special?: Value<number>
  min_upper?: Value<number>
  /** @deprecated */
  number?: Value<boolean>
  numeric?: Value<boolean>
  override_special?: Value<string>
  special?: Value<boolean>
  upper?: Value<boolean>
}

export interface ProviderArguments {
}
