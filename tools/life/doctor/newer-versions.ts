import { join } from 'node:path';
import { parseImage } from '@home/home';
import { providers } from '@home/providers';
import { describeApart } from '@tools/nx-home';
import { type Check, type Finding, together } from './finding';

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
    const pinned = [...(await pinnedImages(root, registries)), ...pinnedProviders(registries)];
    const findings = await Promise.all(pinned.map(lookAt));
    const unseen = together(findings.filter(({ state }) => state === 'unseen'));
    return [
      ...findings.filter(({ state }) => state !== 'unseen'),
      ...unseen.map((finding) => ({ ...finding, what: `newer versions of ${finding.what}` })),
    ];
  },
});

async function pinnedImages(root: string, { tagsOf }: Registries): Promise<Pinned[]> {
  const task = join(__dirname, 'used-images.ts');
  const images = await describeApart<undefined, readonly string[]>(root, task, undefined);
  return images.flatMap((image) => {
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

/** A tag taken apart: `v1.13.9-alpine` → `v`, [1, 13, 9], `-alpine`. */
interface Version {
  readonly prefix: string;
  readonly numbers: readonly number[];
  readonly suffix: string;
}

/**
 * The newest of the versions that are written as the present one is, and newer than it: with as many numbers and the
 * same words around them, so that neither `2`, `2.0.0-rc1` nor `2.0.0-alpine` follows `1.9.0`. A commit's hash in a
 * tag is another one in each.
 *
 * @returns undefined when there is none
 */
export function newest(present: string, others: readonly string[]): string | undefined {
  const own = read(present);
  if (own === undefined) return undefined;
  let best: { readonly tag: string; readonly version: Version } = { tag: present, version: own };
  for (const tag of others) {
    const version = read(tag);
    if (version !== undefined && isAlike(own, version) && isNewer(version, best.version))
      best = { tag, version };
  }
  return best.tag === present ? undefined : best.tag;
}

/** Whether a version is older than another, by their numbers alone. */
export function isOlder(version: string, other: string): boolean {
  const [one, two] = [read(version), read(other)];
  return one !== undefined && two !== undefined && isNewer(two, one);
}

function read(tag: string): Version | undefined {
  const [, prefix = '', numbers, suffix = ''] = /^([A-Za-z-]*)(\d+(?:\.\d+)*)(.*)$/.exec(tag) ?? [];
  if (numbers === undefined) return undefined;
  return { prefix, numbers: numbers.split('.').map(Number), suffix: suffix.replace(/[0-9a-f]{7,}/, '#') };
}

const isAlike = (one: Version, other: Version): boolean =>
  one.prefix === other.prefix && one.suffix === other.suffix && one.numbers.length === other.numbers.length;

function isNewer(one: Version, other: Version): boolean {
  const at = one.numbers.findIndex((number, index) => number !== other.numbers[index]);
  return at >= 0 && (one.numbers[at] ?? 0) > (other.numbers[at] ?? 0);
}

/** Who knows which versions there are. */
export interface Registries {
  /** The tags of an image's repository, such as `ghcr.io/usememos/memos`. */
  tagsOf(repository: string): Promise<readonly string[]>;
  /** The versions of a provider, such as `hashicorp/kubernetes`. */
  versionsOf(provider: string): Promise<readonly string[]>;
}

/** No answer within this time is no answer. */
const patience = 5_000;

/** An image with very many tags is not read to its end. */
const mostPages = 20;

const publicRegistries: Registries = {
  tagsOf: imageTags,
  versionsOf: providerVersions,
};

/**
 * Asks a container registry for all tags of a repository.
 * https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-tags
 *
 * @throws Error when it does not answer, or not with tags
 */
export async function imageTags(repository: string, scheme = 'https'): Promise<string[]> {
  const { host, path } = locate(repository);
  const origin = `${scheme}://${host}`;
  const tags: string[] = [];
  let next: string | undefined = `${origin}/v2/${path}/tags/list?n=1000`;
  let token: string | undefined;
  for (let page = 0; next !== undefined && page < mostPages; page += 1) {
    let answer: Response = await ask(next, token);
    if (answer.status === 401 && token === undefined) {
      token = await tokenFor(answer.headers.get('www-authenticate') ?? '');
      answer = await ask(next, token);
    }
    const { tags: some } = (await jsonOf(answer, host)) as { readonly tags?: readonly string[] | null };
    tags.push(...(some ?? []));
    const [, link] = /<([^>]+)>;\s*rel="?next"?/.exec(answer.headers.get('link') ?? '') ?? [];
    next = link === undefined ? undefined : new URL(link, origin).href;
  }
  return tags;
}

/** `traefik` → `library/traefik` at Docker's own registry: https://docs.docker.com/reference/cli/docker/image/pull/ */
function locate(repository: string): { readonly host: string; readonly path: string } {
  const name = repository.replace(/^(?:index\.)?docker\.io\//, '');
  const [first = '', ...rest] = name.split('/');
  const namesHost = rest.length > 0 && /[.:]|^localhost$/.test(first);
  if (namesHost) return { host: first, path: rest.join('/') };
  return { host: 'registry-1.docker.io', path: rest.length === 0 ? `library/${first}` : name };
}

/** What anybody may read needs a token too: https://distribution.github.io/distribution/spec/auth/token/ */
async function tokenFor(challenge: string): Promise<string> {
  const fields = new Map(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  );
  const realm = fields.get('realm');
  if (realm === undefined) throw new Error('the registry does not say where tokens come from');
  const address = new URL(realm);
  for (const name of ['service', 'scope']) {
    const value = fields.get(name);
    if (value !== undefined) address.searchParams.set(name, value);
  }
  const given = (await jsonOf(await ask(address.href), address.host)) as Readonly<Record<string, unknown>>;
  return String(given['token'] ?? given['access_token'] ?? '');
}

/** https://developer.hashicorp.com/terraform/internals/provider-registry-protocol#list-available-versions */
async function providerVersions(provider: string): Promise<string[]> {
  const host = 'registry.terraform.io';
  const answer = await ask(`https://${host}/v1/providers/${provider}/versions`);
  const { versions = [] } = (await jsonOf(answer, host)) as {
    readonly versions?: readonly { readonly version: string }[];
  };
  return versions.map(({ version }) => version);
}

async function ask(address: string, token?: string): Promise<Response> {
  try {
    return await fetch(address, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(patience),
    });
  } catch (cause) {
    throw new Error(`${new URL(address).host} does not answer`, { cause });
  }
}

async function jsonOf(answer: Response, host: string): Promise<unknown> {
  if (!answer.ok) throw new Error(`${host} answers ${answer.status}`);
  try {
    return await answer.json();
  } catch (cause) {
    throw new Error(`${host} answers with something else than JSON`, { cause });
  }
}
