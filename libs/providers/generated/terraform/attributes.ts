// Made by tools/sync-schemas from blocks.schema.json. Make it again: npm run sync-schemas. Do not edit.

export interface DataAttributes {
  id: string
  input: unknown
  output: unknown
  triggers_replace: unknown
}

export interface DataRemoteStateAttributes {
  backend: string
  config: unknown
  defaults: unknown
  outputs: unknown
  workspace: string
}
