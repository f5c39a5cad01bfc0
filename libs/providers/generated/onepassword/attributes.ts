// Made by tools/sync-schemas from blocks.schema.json. Make it again: npm run sync-schemas. Do not edit.

export interface DataItemAttributes {
  category: string
  /** Sensitive. */
  credential: string
  database: string
  filename: string
  hostname: string
  id: string
  /** Sensitive. */
  note_value: string
  /** Sensitive. */
  password: string
  port: string
  /** Sensitive. */
  private_key: string
  /** Sensitive. */
  private_key_openssh: string
  public_key: string
  section_map: Record<string, SectionMapAttributes>
  tags: string[]
  title: string
  type: string
  url: string
  username: string
  uuid: string
  valid_from: string
  vault: string
  file: FileAttributes[]
  section: SectionAttributes[]
}

export interface DataVaultAttributes {
  description: string
  id: string
  name: string
  uuid: string
}

export interface EphemeralItemAttributes {
  /** Sensitive. */
  credential: string
  database: string
  hostname: string
  id: string
  /** Sensitive. */
  note_value: string
  /** Sensitive. */
  password: string
  port: string
  /** Sensitive. */
  private_key: string
  /** Sensitive. */
  private_key_openssh: string
  public_key: string
  title: string
  type: string
  url: string
  username: string
  uuid: string
  vault: string
}

export interface FieldAttributes {
  id: string
  label: string
  type: string
  /** Sensitive. */
  value: string
}

export interface FieldMapAttributes {
  id: string
  type: string
  /** Sensitive. */
  value: string
}

export interface FileAttributes {
  /** Sensitive. */
  content: string
  /** Sensitive. */
  content_base64: string
  id: string
  name: string
}

export interface FileMapAttributes {
  /** Sensitive. */
  content: string
  /** Sensitive. */
  content_base64: string
  id: string
}

export interface SectionAttributes {
  id: string
  label: string
  field: FieldAttributes[]
  file: FileAttributes[]
}

export interface SectionMapAttributes {
  field_map: Record<string, FieldMapAttributes>
  file_map: Record<string, FileMapAttributes>
  id: string
}
