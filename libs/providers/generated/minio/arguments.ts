// Made by tools/sync-schemas from blocks.schema.json. Make it again: npm run sync-schemas. Do not edit.

import type { Many, Single, Value } from '@home/terraform';

export interface AbortIncompleteMultipartUpload {
  days_after_initiation: Value<string>
}

export interface AssumeRole {
  duration_seconds?: Value<number>
  external_id?: Value<string>
  policy?: Value<string>
  role_arn?: Value<string>
  session_name?: Value<string>
}

export interface AssumeRoleWithWebIdentity {
  duration_seconds?: Value<number>
  /** Sensitive. */
  web_identity_token?: Value<string>
  web_identity_token_file?: Value<string>
}

export interface IamPolicyArguments {
  name?: Value<string>
  name_prefix?: Value<string>
  policy: Value<string>
}

export interface IamUserArguments {
  disable_user?: Value<boolean>
  force_destroy?: Value<boolean>
  name: Value<string>
  /** Sensitive. */
  secret?: Value<string>
  /** Sensitive. Kept in no state. */
  secret_wo?: Value<string>
  secret_wo_version?: Value<number>
  tags?: Value<Record<string, Value<string>>>
  update_secret?: Value<boolean>
}

export interface IamUserPolicyAttachmentArguments {
  policy_name: Value<string>
  user_name: Value<string>
}

export interface IlmPolicyArguments {
  bucket: Value<string>
  rule: Many<Rule>
}

export interface NoncurrentExpiration {
  days: Value<string>
  newer_versions?: Value<number>
}

export interface NoncurrentTransition {
  days: Value<string>
  newer_versions?: Value<number>
  storage_class: Value<string>
}

export interface ProviderArguments {
  max_retries?: Value<number>
  /** @deprecated */
  minio_access_key?: Value<string>
  minio_api_version?: Value<string>
  minio_cacert_file?: Value<string>
  minio_cert_file?: Value<string>
  minio_debug?: Value<boolean>
  minio_edition?: Value<string>
  minio_insecure?: Value<boolean>
  /** Sensitive. */
  minio_key_file?: Value<string>
  /** Sensitive. */
  minio_password?: Value<string>
  minio_region?: Value<string>
  /**
   * @deprecated
   * Sensitive.
   */
  minio_secret_key?: Value<string>
  minio_server?: Value<string>
  /** Sensitive. */
  minio_session_token?: Value<string>
  minio_ssl?: Value<boolean>
  minio_user?: Value<string>
  request_timeout_seconds?: Value<number>
  retry_delay_ms?: Value<number>
  s3_compat_mode?: Value<boolean>
  skip_bucket_tagging?: Value<boolean>
  assume_role?: Single<AssumeRole>
  assume_role_with_web_identity?: Single<AssumeRoleWithWebIdentity>
}

export interface Rule {
  expiration?: Value<string>
  expired_object_delete_marker?: Value<boolean>
  filter?: Value<string>
  id: Value<string>
  status?: Value<string>
  tags?: Value<Record<string, Value<string>>>
  abort_incomplete_multipart_upload?: Single<AbortIncompleteMultipartUpload>
  noncurrent_expiration?: Single<NoncurrentExpiration>
  noncurrent_transition?: Single<NoncurrentTransition>
  transition?: Single<Transition>
}

export interface S3BucketArguments {
  acl?: Value<string>
  bucket?: Value<string>
  bucket_prefix?: Value<string>
  force_destroy?: Value<boolean>
  object_locking?: Value<boolean>
  quota?: Value<number>
  tags?: Value<Record<string, Value<string>>>
}

export interface S3BucketVersioningArguments {
  bucket: Value<string>
  timeouts?: Single<Timeouts>
  versioning_configuration: Single<VersioningConfiguration>
}

export interface Timeouts {
  create?: Value<string>
  delete?: Value<string>
  read?: Value<string>
  update?: Value<string>
}

export interface Transition {
  date?: Value<string>
  days?: Value<string>
  storage_class: Value<string>
}

export interface VersioningConfiguration {
  exclude_folders?: Value<boolean>
  excluded_prefixes?: Value<readonly Value<string>[]>
  status: Value<string>
}
