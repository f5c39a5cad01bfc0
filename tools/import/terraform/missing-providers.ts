import { manifest, providerOf } from '@home/providers';
import type { Left } from '../imported';
import { fieldsOf, itemsOf, textOf } from '../kubernetes/fields';
import type { Wanted } from '../manifest/extend-manifest';
import type { Folder } from './find-folders';
import { addressOf, declaredType } from './module-scope';
import type { HclBlock } from './parse-module';

/** How the manifest lists the types of each kind of block. */
export const lists: Readonly<Record<string, Wanted['list']>> = {
  resource: 'resources',
  data: 'dataSources',
  ephemeral: 'ephemeralResources',
};

/**
 * Tells of each provider, or types of one, whose schema is not recorded here: what to write, and the two commands. Called modules
 * stay Terraform's JSON, which generate does not check.
 *
 * @param roots the folders that no other calls
 */
export function tellMissingProviders(
  folders: readonly Folder[],
  roots: readonly Folder[],
  stack: string,
): Left[] {
  const blocks = folders.flatMap((folder) => folder.blocks);
  const checked = new Set(roots.flatMap((folder) => folder.blocks));
  const unknown = blocks.filter((block) => block.kind in lists && declaredType(block).known === undefined);
  return [...new Set(unknown.map(({ type }) => providerOf(type)))].map((provider) => {
    const all = unknown.filter(({ type }) => providerOf(type) === provider);
    const [first, ...more] = all;
    const types = (kind: string): string[] =>
      [...new Set(all.filter((one) => one.kind === kind).map(({ type }) => `'${type}'`))].sort();
    const wanted = Object.entries(lists).map(([kind, list]) => `${list}: [${types(kind).join(', ')}]`);
    const isHere = provider in manifest;
    const entry = isHere
      ? `${wanted.filter((one) => !one.endsWith('[]')).join(', ')} to ${provider}`
      : `${provider}: { ${[...requirementOf(provider, blocks), ...wanted].join(', ')} }`;
    const declaring = `${provider}: [provider('${provider}', {})] to the providers of apps/${stack}/stack.ts`;
    return {
      where: first?.where ?? '',
      what: `${first === undefined ? '' : addressOf(first)}${more.length > 0 ? ` and ${more.length} more` : ''}: of ${provider} the home has recorded ${isHere ? 'other types' : 'no schema'}, so it ${all.some((block) => checked.has(block)) ? 'does not generate yet' : 'generates, and runs without its settings'}`,
      remedy: `Add ${entry} in libs/providers/manifest.ts and ${declaring}, then run npm run sync-schemas and npm run generate`,
      weight: 'hurts',
    };
  });
}

/** Where a provider comes from, and the exact version that the module's constraint begins with. */
function requirementOf(provider: string, blocks: readonly HclBlock[]): string[] {
  const required = blocks
    .filter(({ kind }) => kind === 'terraform')
    .flatMap(({ body }) => itemsOf(body['required_providers']))
    .flatMap((one) => fieldsOf(one)[provider] ?? []);
  const given = required.map(fieldsOf).find(({ source }) => source !== undefined);
  const [version = ''] = /\d[\w.-]*/.exec(textOf(given?.['version']) ?? '') ?? [];
  const whole = version === '' ? 'VERSION' : [...version.split('.'), '0', '0'].slice(0, 3).join('.');
  return [`source: '${textOf(given?.['source']) ?? `hashicorp/${provider}`}'`, `version: '${whole}'`];
}
