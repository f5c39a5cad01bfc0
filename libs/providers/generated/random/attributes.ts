// Made by tools/sync-schemas from blocks.schema.json. Make it again: npm run sync-schemas. Do not edit.

export interface PasswordAttributes {
  /** Sensitive. */
  bcrypt_hash: string
  id: string
  keepers: Record<string, string>
  length: number
  lower: boolean
  min_lower: number
  min_numeric: number
  min_special: number
  min_upper: number
  /** @deprecated */
  number: boolean
  numeric: boolean
  override_special: string
  /** Sensitive. */
  result: string
  special: boolean
  upper: boolean
}
