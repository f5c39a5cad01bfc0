import { home } from '@home/home';
import { parseImage, summarize } from '@home/kubernetes';
import { describeHome } from '@tools/nx-home';
import { providers } from '@home/providers';
import { type Registries, publicRegistries } from '../registries';
import { newest } from '../compare-versions';
import { type Check, type Finding } from '../finding';

/** Something that the home pins, and who knows of newer ones. */
interface Pinned {
  readonly name: string;
  readonly version: string;
  readonly known: () => Promise<readonly string[]>;
  readonly remedy: string;
}

/**
 * Looks for newer versions of images and providers.
 *
 * @param registries who is asked
 */
export const newerVersions = (registries: Registries = publicRegistries): Check => ({
  title: 'newer versions',
  async look({ root }) {
    const pinned = [...pinnedImages(root, registries), ...pinnedProviders(registries)];
    const findings = await Promise.all(pinned.map(lookAt));
    return [...findings.filter(({ state }) => state !== 'unseen'), ...unseenTogether(findings)];
  },
});

/** One line for all that the same registry did not answer. */
function unseenTogether(findings: readonly Finding[]): Finding[] {
  const unseen = findings.filter(({ state }) => state === 'unseen');
  return [...new Set(unseen.map(({ detail }) => detail))].map((detail) => {
    const alike = unseen.filter((finding) => finding.detail === detail);
    const what = `newer versions of ${alike.map((finding) => finding.what).join(', ')}`;
    return { ...alike[0], what, state: 'unseen', detail };
  });
}

function pinnedImages(root: string, { tagsOf }: Registries): Pinned[] {
  const { owned } = describeHome(root, () => true);
  const used = summarize(owned).flatMap(({ images, helperImages }) => [...images, ...helperImages]);
  return [...new Set([...used, home.images.litestream, home.images.replicaVerify])].flatMap((image) => {
    const { repository, tag } = parseImage(image) ?? {};
    if (repository === undefined || tag === undefined) return [];
    const remedy = 'Read its release notes, and raise the tag where it is written';
    return [{ name: repository, version: tag, known: () => tagsOf(repository), remedy }];
  });
}

function pinnedProviders({ versionsOf }: Registries): Pinned[] {
  return Object.values(providers).flatMap(({ source, version }) => {
    if (version === undefined) return [];
    const remedy = 'docs/upgrades.md: raise it in libs/providers/manifest.ts and run `npm run sync-schemas`';
    return [{ name: source, version, known: () => versionsOf(source), remedy }];
  });
}

async function lookAt({ name, version, known, remedy }: Pinned): Promise<Finding> {
  const what = `${name} ${version}`;
  try {
    const newer = newest(version, await known());
    return newer === undefined
      ? { what, state: 'fine', detail: 'is the newest of its kind' }
      : { what, state: 'due', detail: `there is ${newer}`, remedy };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { what, state: 'unseen', detail, remedy: 'Look again with a network' };
  }
}
