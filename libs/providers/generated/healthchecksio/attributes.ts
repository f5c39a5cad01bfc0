// Made by tools/sync-schemas from blocks.schema.json. Make it again: npm run sync-schemas. Do not edit.

export interface CheckAttributes {
  channels: string[]
  desc: string
  grace: number
  id: string
  methods: string
  name: string
  pause_url: string
  ping_url: string
  schedule: string
  slug: string
  tags: string[]
  timeout: number
  timezone: string
}

export interface DataChannelAttributes {
  id: string
  kind: string
  name: string
}
