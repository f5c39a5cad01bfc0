import {
  type KubernetesApi,
  type ProviderSchema,
  type RecordedSchema,
  type WantedProvider,
  wholeSource,
} from '@home/providers';
import { withAcceptedValues } from './accepted-values';
import { blockSchemas } from './block-schemas';
import { argumentTypes, attributeTypes, indexProviders, indexTypes } from './block-types';
import { findParts, nameParts, wantedBlocks } from './parts';

/** File name → content. */
export type Files = Readonly<Record<string, string>>;

/** What the sync writes for one provider. */
export interface Generated {
  readonly files: Files;
  /** Names that the manifest gives to places that do not exist. */
  readonly unplaced: readonly string[];
}

/**
 * Turns a provider's pruned schema into everything that is committed for it.
 *
 * @param api what Kubernetes' API says of the provider's resources
 */
export function generate(
  name: string,
  wanted: WantedProvider,
  pruned: ProviderSchema,
  api?: KubernetesApi,
): Generated {
  const described = api === undefined ? pruned : withAcceptedValues(pruned, api);
  const blocks = wantedBlocks(described, name, new Set(Object.keys(wanted.parts ?? {})));
  const parts = findParts(blocks);
  const { nameOf, unplaced } = nameParts(parts, blocks, wanted.parts);
  const schema = blockSchemas(name, blocks, parts, nameOf);
  return {
    unplaced,
    files: {
      'schema.json': formatJson(recordedFile('what the manifest wants', wanted, pruned)),
      'blocks.schema.json': formatJson({ $comment: header('schema.json'), ...schema }),
      'arguments.ts': source('blocks.schema.json', withImports(argumentTypes(schema))),
      'attributes.ts': source('blocks.schema.json', attributeTypes(schema)),
      'index.ts': source('blocks.schema.json', indexTypes(schema)),
    },
  };
}

/** A provider's schema in the form in which Terraform prints it, with a comment that tells the version. */
export function recordedFile(
  what: string,
  { source, version }: WantedProvider,
  schema: ProviderSchema,
): RecordedSchema {
  const from = version === undefined ? source : `${source} ${version}`;
  const comment = header(`${what} of ${from}`);
  return { '//': comment, format_version: '1.0', provider_schemas: { [wholeSource(source)]: schema } };
}

/** What brings the types of all providers together. */
export function generateIndex(providers: readonly string[]): string {
  return source('libs/providers/manifest.ts', indexProviders(providers));
}

const header = (from: string): string =>
  `Made by tools/sync-schemas from ${from}. Make it again: npm run sync-schemas. Do not edit.`;

const source = (from: string, content: string): string => `// ${header(from)}\n\n${content}\n`;

/** Imports of those types of `@home/terraform` that the source uses. */
function withImports(types: string): string {
  const used = ['Many', 'Single', 'Value'].filter((name) => types.includes(`${name}<`));
  return used.length === 0 ? types : `import type { ${used.join(', ')} } from '@home/terraform';\n\n${types}`;
}

/** Longer objects and lists are broken into one line per member. */
const lineLength = 110;

/**
 * Formats JSON so that a change reads well in a diff: short objects and lists on one line, the others with one member
 * per line. The same value always gives the same bytes.
 */
export function formatJson(value: unknown): string {
  return `${format(value, '')}\n`;
}

function format(value: unknown, indent: string): string {
  const short = JSON.stringify(value);
  if (typeof value !== 'object' || value === null || indent.length + short.length <= lineLength) return short;
  const deeper = `${indent} `;
  const members = Array.isArray(value)
    ? value.map((item: unknown) => format(item, deeper))
    : Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${format(member, deeper)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${members.map((member) => deeper + member).join(',\n')}\n${indent}${close}`;
}
