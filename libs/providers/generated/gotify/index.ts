// Made by tools/sync-schemas from blocks.schema.json. Make it again: npm run sync-schemas. Do not edit.

import type * as Arguments from './arguments';
import type * as Attributes from './attributes';

export type * from './arguments';
export type * from './attributes';

export interface Resources {
  gotify_application: { arguments: Arguments.ApplicationArguments; attributes: Attributes.ApplicationAttributes };
  gotify_client: { arguments: Arguments.ClientArguments; attributes: Attributes.ClientAttributes };
  gotify_plugin: { arguments: Arguments.PluginArguments; attributes: Attributes.PluginAttributes };
}

export interface DataSources {}

export interface EphemeralResources {}

export type Configuration = Arguments.ProviderArguments;
