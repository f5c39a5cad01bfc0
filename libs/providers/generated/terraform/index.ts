// Made by tools/sync-schemas from blocks.schema.json. Make it again: npm run sync-schemas. Do not edit.

import type * as Arguments from './arguments';
import type * as Attributes from './attributes';

export type * from './arguments';
export type * from './attributes';

export interface Resources {
  terraform_data: { arguments: Arguments.DataArguments; attributes: Attributes.DataAttributes };
}

export interface DataSources {
  terraform_remote_state: { arguments: Arguments.DataRemoteStateArguments; attributes: Attributes.DataRemoteStateAttributes };
}

export interface EphemeralResources {}

export type Configuration = Arguments.ProviderArguments;
