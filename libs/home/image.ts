/** The name of an image, taken apart: `ghcr.io/usememos/memos:0.24.4@sha256:…` */
export interface ImageReference {
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

const host = '[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]+)?|\\[[0-9a-fA-F:]+\\](?::[0-9]+)?';
const step = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const tag = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}';
const digest = 'sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}';
const whole = new RegExp(`^((?:(?:${host})/)?${step}(?:/${step})*)(?::(${tag}))?(?:@(${digest}))?$`);

/**
 * Reads an image's name. A colon before a slash belongs to a registry's port, one after the last slash to a tag.
 * https://github.com/distribution/reference/blob/main/reference.go
 *
 * @returns undefined when the text does not name an image
 */
export function parseImage(text: string): ImageReference | undefined {
  const [, repository, tag, digest] = whole.exec(text) ?? [];
  return repository === undefined ? undefined : { repository, tag, digest };
}

/**
 * What keeps an image from being the same wherever and whenever it is pulled: what must hold, or undefined. Pinned is one
 * with a digest, or with a tag that names a version, a day or a commit.
 */
export function imageFault(image: string): string | undefined {
  const parsed = parseImage(image);
  if (parsed === undefined) return 'must be the name of an image';
  const { tag: named = 'latest', digest: pinned } = parsed;
  if (pinned !== undefined || namesVersion(named)) return undefined;
  const [major] = /^v?\d+(?=$|[-_])/.exec(named) ?? [];
  return `must pin a version${major === undefined ? '' : `, but "${major}" moves with every minor release`}`;
}

/** What is rebuilt under the same tag, also beside a version: `3.1-nightly`. */
const floating =
  /(^|[._-])(latest|stable|edge|nightly|main|master|head|dev|develop|canary|rolling|unstable|snapshot)($|[._-])/i;

/** A commit, a day or the number of a build: it stays, whatever stands around it. */
const moment = /(^|[._-])(?=[a-f]*\d)[0-9a-f]{7,64}($|[._-])|(?<!\d)20\d\d[.-]\d\d[.-]\d\d(?!\d)/;

/** A version of at least two numbers that is the image's own: those of `alpine3.20` and `ubuntu-22.04` are not. */
const version = /(^|[-_])(?<!(alpine|debian|ubuntu)-)v?\d+\.\d/i;

const namesVersion = (text: string): boolean =>
  moment.test(text) || (version.test(text) && !floating.test(text));

/**
 * What keeps an image from being of the line of Litestream that the scripts and the configuration are written for. Litestream
 * 0.3 finds nothing of what 0.5 replicated, ignores the settings that it does not know, and starts empty.
 */
export function litestreamFault(image: string): string | undefined {
  const { tag: named = '' } = parseImage(image) ?? {};
  return (
    imageFault(image) ?? (/^v?0\.5\.\d+$/.test(named) ? undefined : 'must be a release of Litestream 0.5')
  );
}
