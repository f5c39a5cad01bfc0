/**
 * What Litestream does in a store, and so all that its keys are good for: on the bucket, and on each object in it. A store
 * that is not the home's own needs the same of its owner: docs/chores/another-s3-store.md.
 */
export const storeRights = {
  bucket: ['s3:GetBucketLocation', 's3:ListBucket'],
  objects: ['s3:PutObject', 's3:DeleteObject', 's3:GetObject'],
} as const;
