import { type BlocksSchema, configurationPart } from '@home/providers';
import { pascalCase } from './find-parts';

/** Which types belong to which block of a provider. */
export function indexTypes({ blocks }: BlocksSchema): string {
  return [
    "import type * as Arguments from './arguments';",
    "import type * as Attributes from './attributes';",
    '',
    "export type * from './arguments';",
    "export type * from './attributes';",
    '',
    ...byType('Resources', blocks.resource),
    ...byType('DataSources', blocks.data),
    ...byType('EphemeralResources', blocks.ephemeral),
    `export type Configuration = Arguments.${configurationPart}Arguments;`,
  ].join('\n');
}

function byType(name: string, types: Readonly<Record<string, string>>): string[] {
  const members = Object.entries(types).map(
    ([type, part]) =>
      `  ${type}: { arguments: Arguments.${part}Arguments; attributes: Attributes.${part}Attributes };`,
  );
  return members.length === 0
    ? [`export interface ${name} {}`, '']
    : [`export interface ${name} {`, ...members, '}', ''];
}

/** All providers together: what `resource`, `data`, `ephemeral` and `provider` of `@home/providers` take. */
export function indexProviders(providers: readonly string[]): string {
  const extending = (name: string): string =>
    `export interface ${name} extends ${providers.map((provider) => `${pascalCase(provider)}.${name}`).join(', ')} {}`;
  return [
    ...providers.map((provider) => `import type * as ${pascalCase(provider)} from './${provider}';`),
    '',
    `export type { ${providers.map(pascalCase).join(', ')} };`,
    extending('Resources'),
    extending('DataSources'),
    extending('EphemeralResources'),
    'export interface Configurations {',
    ...providers.map((provider) => `  ${provider}: ${pascalCase(provider)}.Configuration;`),
    '}',
  ].join('\n');
}
