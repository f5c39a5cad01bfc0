// Made by tools/sync-schemas from blocks.schema.json. Make it again: npm run sync-schemas. Do not edit.

import type { Value } from '@home/terraform';

export interface ApplicationArguments {
  description?: Value<string>
  name: Value<string>
}

export interface ClientArguments {
  name: Value<string>
}

export interface PluginArguments {
  enabled: Value<boolean>
  module_path: Value<string>
  /** Sensitive. */
  webhook_path?: Value<string>
}

export interface ProviderArguments {
  endpoint?: Value<string>
  host_header?: Value<string>
  /** Sensitive. */
  password?: Value<string>
  username?: Value<string>
}
