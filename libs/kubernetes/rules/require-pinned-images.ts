import { type Problem, type Rule } from '@home/terraform';
import { parseImage } from '../image-reference';
import { podsIn } from '../pods';

/** Every image is pinned, by a tag that names a version or by a digest: the same home runs the same programs. */
export const requirePinnedImages: Rule = {
  name: 'require-pinned-images',
  check: (home) =>
    podsIn(home).flatMap(({ owned, containers }) =>
      containers.flatMap(({ name, body }) => {
        const image = body['image'];
        if (image === undefined)
          return [mistake(owned.owner.where, `container "${name}" must have an image`)];
        const fault = typeof image === 'string' ? faultOf(image) : undefined;
        return fault === undefined ? [] : [mistake(owned.owner.where, `image "${String(image)}" ${fault}`)];
      }),
    ),
};

function faultOf(image: string): string | undefined {
  const parsed = parseImage(image);
  if (parsed === undefined) return 'must be the name of an image';
  return parsed.digest !== undefined || namesVersion(parsed.tag) ? undefined : 'must pin a version';
}

/** A tag without any digit, such as `stable`, is moved from release to release, as `latest` is. */
function namesVersion(tag: string | undefined): boolean {
  return tag !== undefined && /\d/.test(tag) && !tag.toLowerCase().split(/[._-]/).includes('latest');
}

const mistake = (where: string, what: string): Problem => ({
  where,
  what,
  remedy: 'Use a tag such as "0.24.4"',
});
