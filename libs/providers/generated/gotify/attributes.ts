// Made by tools/sync-schemas from blocks.schema.json. Make it again: npm run sync-schemas. Do not edit.

export interface ApplicationAttributes {
  description: string
  id: number
  name: string
  /** Sensitive. */
  token: string
}

export interface ClientAttributes {
  id: number
  name: string
  /** Sensitive. */
  token: string
}

export interface PluginAttributes {
  enabled: boolean
  module_path: string
  /** Sensitive. */
  token: string
  /** Sensitive. */
  webhook_path: string
}
