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
