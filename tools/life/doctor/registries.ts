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

export const publicRegistries: Registries = {
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
  const [first = '', ...rest] = repository.split('/');
  const namesHost = rest.length > 0 && /[.:]|^localhost$/.test(first);
  if (!namesHost)
    return { host: 'registry-1.docker.io', path: rest.length === 0 ? `library/${first}` : repository };
  const isDocker = first === 'docker.io' || first === 'index.docker.io';
  if (!isDocker) return { host: first, path: rest.join('/') };
  return { host: 'registry-1.docker.io', path: rest.length === 1 ? `library/${rest[0]}` : rest.join('/') };
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
