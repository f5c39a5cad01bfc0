// Made by tools/sync-schemas from blocks.schema.json. Make it again: npm run sync-schemas. Do not edit.

import type * as Arguments from './arguments';
import type * as Attributes from './attributes';

export type * from './arguments';
export type * from './attributes';

export interface Resources {
  random_password: { arguments: Arguments.PasswordArguments; attributes: Attributes.PasswordAttributes };
}

export interface DataSources {}

export interface EphemeralResources {}

export type Configuration = Arguments.ProviderArguments;
