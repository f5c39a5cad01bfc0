// Made by tools/sync-schemas from blocks.schema.json. Make it again: npm run sync-schemas. Do not edit.

export interface AbortIncompleteMultipartUploadAttributes {
  days_after_initiation: string
}

export interface IamPolicyAttributes {
  id: string
  name: string
  name_prefix: string
  policy: string
}

export interface IamUserAttributes {
  disable_user: boolean
  force_destroy: boolean
  id: string
  name: string
  /** Sensitive. */
  secret: string
  secret_wo_version: number
  status: string
  tags: Record<string, string>
  update_secret: boolean
}

export interface IamUserPolicyAttachmentAttributes {
  id: string
  policy_name: string
  user_name: string
}

export interface IlmPolicyAttributes {
  bucket: string
  id: string
  rule: RuleAttributes[]
}

export interface NoncurrentExpirationAttributes {
  days: string
  newer_versions: number
}

export interface NoncurrentTransitionAttributes {
  days: string
  newer_versions: number
  storage_class: string
}

export interface RuleAttributes {
  expiration: string
  expired_object_delete_marker: boolean
  filter: string
  id: string
  status: string
  tags: Record<string, string>
  abort_incomplete_multipart_upload: AbortIncompleteMultipartUploadAttributes[]
  noncurrent_expiration: NoncurrentExpirationAttributes[]
  noncurrent_transition: NoncurrentTransitionAttributes[]
  transition: TransitionAttributes[]
}

export interface S3BucketAttributes {
  acl: string
  arn: string
  bucket: string
  bucket_domain_name: string
  bucket_prefix: string
  force_destroy: boolean
  id: string
  object_locking: boolean
  quota: number
  tags: Record<string, string>
}

export interface S3BucketVersioningAttributes {
  bucket: string
  id: string
  timeouts: TimeoutsAttributes
  versioning_configuration: VersioningConfigurationAttributes[]
}

export interface TimeoutsAttributes {
  create: string
  delete: string
  read: string
  update: string
}

export interface TransitionAttributes {
  date: string
  days: string
  storage_class: string
}

export interface VersioningConfigurationAttributes {
  exclude_folders: boolean
  excluded_prefixes: string[]
  status: string
}
