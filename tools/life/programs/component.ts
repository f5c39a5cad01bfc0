/** A program that a proof runs and that Go builds from its module. */
export interface Component {
  readonly name: string;
  readonly module: string;
  readonly version: string;
  /** For a program with C in it, which needs a C compiler. */
  readonly cgo?: boolean;
}

const go = (name: string, module: string, version: string, cgo = false): Component => ({
  name,
  module,
  version,
  cgo,
});

/** The MinIO server, and its client for what the S3 protocol has no words for: users and policies. */
export const minio = go('minio', 'github.com/minio/minio', 'v0.0.0-20260212201848-7aac2a2c5b7c');
export const minioClient = go('mc', 'github.com/minio/mc', 'v0.0.0-20250313080218-cf909e1063a9');

/** The last of the line that today's replicas were written by. */
export const litestream03 = go(
  'litestream',
  'github.com/benbjohnson/litestream/cmd/litestream',
  'v0.3.13',
  true,
);

/** Litestream at the version that an image's tag names. */
export function litestream(image: string): Component {
  return go('litestream', 'github.com/benbjohnson/litestream/cmd/litestream', `v${tagOf(image)}`);
}

/** CoreDNS at the version that an image's tag names. */
export function coredns(image: string): Component {
  return go('coredns', 'github.com/coredns/coredns', `v${tagOf(image)}`);
}

function tagOf(image: string): string {
  const tag = image.slice(image.lastIndexOf(':') + 1);
  if (!/^v?\d+\.\d+\.\d+$/.test(tag)) throw new Error(`The image "${image}" names no version to build.`);
  return tag.replace(/^v/, '');
}
