import { type Problem, type Rule } from '@home/terraform';
import { parseImage } from '../../read/image-reference';
import { podsIn } from '../../read/pods';

/**
 * Every image is pinned, by a digest or by a tag that names a version, a day or a commit: the same home runs the same
 * programs.
 */
export const requirePinnedImages: Rule = {
  name: 'require-pinned-images',
  check: (home) =>
    podsIn(home).flatMap(({ owned, containers }) =>
      containers.flatMap(({ name, body }) => {
        const image = body['image'];
        const where = owned.owner.where;
        if (image === undefined)
          return [
            { where, what: `container "${name}" must have an image`, remedy: `Give it one, ${example}` },
          ];
        return typeof image === 'string' ? checkImage(where, image) : [];
      }),
    ),
};

const example = 'such as "ghcr.io/usememos/memos:0.24.4"';

function checkImage(where: string, image: string): Problem[] {
  const parsed = parseImage(image);
  if (parsed === undefined) {
    const what = `image "${image}" must be the name of an image`;
    return [{ where, what, remedy: `Write it in lower case and without spaces, ${example}` }];
  }
  const { tag = 'latest', digest } = parsed;
  if (digest !== undefined || namesVersion(tag)) return [];
  const [major] = /^v?\d+(?=$|[-_])/.exec(tag) ?? [];
  const but = major === undefined ? '' : `, but "${major}" moves with every minor release`;
  const what = `image "${image}" must pin a version${but}`;
  return [{ where, what, remedy: 'Use a tag such as "0.24.4", or a digest' }];
}

/** What is rebuilt under the same tag, also beside a version: `3.1-nightly`. */
const floating =
  /(^|[._-])(latest|stable|edge|nightly|main|master|head|dev|develop|canary|rolling|unstable|snapshot)($|[._-])/i;

/** A commit, a day or the number of a build: it stays, whatever stands around it. */
const moment = /(^|[._-])(?=[a-f]*\d)[0-9a-f]{7,64}($|[._-])|(?<!\d)20\d\d[.-]\d\d[.-]\d\d(?!\d)/;

/** A version of at least two numbers that is the image's own: those of `alpine3.20` and `ubuntu-22.04` are not. */
const version = /(^|[-_])(?<!(alpine|debian|ubuntu)-)v?\d+\.\d/i;

const namesVersion = (tag: string): boolean => moment.test(tag) || (version.test(tag) && !floating.test(tag));
