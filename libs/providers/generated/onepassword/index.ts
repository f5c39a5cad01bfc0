// Made by tools/sync-schemas from blocks.schema.json. Make it again: npm run sync-schemas. Do not edit.

import type * as Arguments from './arguments';
import type * as Attributes from './attributes';

export type * from './arguments';
export type * from './attributes';

export interface Resources {}

export interface DataSources {
  onepassword_item: { arguments: Arguments.DataItemArguments; attributes: Attributes.DataItemAttributes };
  onepassword_vault: { arguments: Arguments.DataVaultArguments; attributes: Attributes.DataVaultAttributes };
}

export interface EphemeralResources {
  onepassword_item: { arguments: Arguments.EphemeralItemArguments; attributes: Attributes.EphemeralItemAttributes };
}

export type Configuration = Arguments.ProviderArguments;
