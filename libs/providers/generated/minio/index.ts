// Made by tools/sync-schemas from blocks.schema.json. Make it again: npm run sync-schemas. Do not edit.

import type * as Arguments from './arguments';
import type * as Attributes from './attributes';

export type * from './arguments';
export type * from './attributes';

export interface Resources {
  minio_iam_policy: { arguments: Arguments.IamPolicyArguments; attributes: Attributes.IamPolicyAttributes };
  minio_iam_user: { arguments: Arguments.IamUserArguments; attributes: Attributes.IamUserAttributes };
  minio_iam_user_policy_attachment: { arguments: Arguments.IamUserPolicyAttachmentArguments; attributes: Attributes.IamUserPolicyAttachmentAttributes };
  minio_ilm_policy: { arguments: Arguments.IlmPolicyArguments; attributes: Attributes.IlmPolicyAttributes };
  minio_s3_bucket: { arguments: Arguments.S3BucketArguments; attributes: Attributes.S3BucketAttributes };
  minio_s3_bucket_versioning: { arguments: Arguments.S3BucketVersioningArguments; attributes: Attributes.S3BucketVersioningAttributes };
}

export interface DataSources {}

export interface EphemeralResources {}

export type Configuration = Arguments.ProviderArguments;
