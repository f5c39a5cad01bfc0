// Made by tools/sync-schemas from blocks.schema.json. Make it again: npm run sync-schemas. Do not edit.

import type { Many, Value } from '@home/terraform';

export interface DataItemArguments {
  /** Sensitive. */
  note_value?: Value<string>
  section_map?: Value<Record<string, Value<SectionMap>>>
  title?: Value<string>
  uuid?: Value<string>
  vault: Value<string>
  file?: Many<File>
  section?: Many<Section>
}

export interface DataVaultArguments {
  name?: Value<string>
  uuid?: Value<string>
}

export interface EphemeralItemArguments {
  title?: Value<string>
  uuid?: Value<string>
  vault: Value<string>
}

export interface Field {
}

export interface FieldMap {
}

export interface File {
}

export interface FileMap {
}

export interface ProviderArguments {
  account?: Value<string>
  /** Sensitive. */
  connect_token?: Value<string>
  connect_url?: Value<string>
  /** Sensitive. */
  service_account_token?: Value<string>
  /**
   * @deprecated
   * Sensitive.
   */
  token?: Value<string>
  /** @deprecated */
  url?: Value<string>
}

export interface Section {
  field?: Many<Field>
  file?: Many<File>
}

export interface SectionMap {
  field_map?: Value<Record<string, Value<FieldMap>>>
  file_map?: Value<Record<string, Value<FileMap>>>
}
