import { givenStore } from './given-store';
import { minioStore } from './minio-store';

it('makes bucket, user, policy and attachment in the home’s own store, and nothing in one that is given', () => {
  expect(minioStore('replicas').blocks).toHaveLength(4);
  expect(givenStore().blocks).toEqual([]);
});
