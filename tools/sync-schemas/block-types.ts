import { type BlocksSchema, type Nesting, type PartSchema, configurationPart } from '@home/providers';
import { pascalCase } from './parts';

/** One of the two views of a block: what may be written in it, or what a reference can read of it. */
interface View {
  /** What the name of a part's interface ends in. */
  readonly ending: string;
  /** Whether a member is there to be seen. */
  readonly shows: (member: PartSchema) => boolean;
  /** Whether a member that the schema does not require may be left out. */
  readonly optional: boolean;
  readonly readonly: 'readonly ' | '';
  /** The type of an attribute, and those of one nested block and of several. */
  readonly value: (type: string) => string;
  readonly one: (part: string, nesting: Nesting) => string;
  readonly many: (part: string) => string;
}

const written: View = {
  ending: '',
  shows: ({ readOnly }) => !readOnly,
  optional: true,
  readonly: 'readonly ',
  value: (type) => `Value<${type}>`,
  one: (part) => `Single<${part}>`,
  many: (part) => `Many<${part}>`,
};

const read: View = {
  ending: 'Attributes',
  shows: ({ writeOnly }) => !writeOnly,
  optional: false,
  readonly: '',
  value: (type) => type,
  // A block that occurs at most once still is a list, if its nesting is.
  one: (part, nesting) => (nesting === 'list' || nesting === 'set' ? `${part}[]` : part),
  many: (part) => `${part}[]`,
};

/**
 * The types of what may be written in a block: `Value<…>` for an attribute, `Single<…>` and `Many<…>` for nested blocks.
 * Attributes that only the provider sets are left out.
 */
export function argumentTypes({ blocks, $defs }: BlocksSchema): string {
  const whole = [configurationPart, ...namesOf(blocks)];
  return interfaces(whole, $defs, written, (name) => (whole.includes(name) ? `${name}Arguments` : name));
}

/**
 * The types of what a reference can read: every attribute, computed ones included and write-only ones excluded, and
 * nested blocks the way Terraform reads them back. A provider's configuration, and parts that stand only there, cannot be
 * read.
 */
export const attributeTypes = ({ blocks, $defs }: BlocksSchema): string =>
  interfaces(namesOf(blocks), $defs, read, (name) => `${name}Attributes`);

const namesOf = (blocks: BlocksSchema['blocks']): string[] =>
  Object.values(blocks).flatMap((byType) => Object.values(byType));

/** The interfaces of some parts and all that they need, in the order of the schema. */
function interfaces(
  from: readonly string[],
  definitions: BlocksSchema['$defs'],
  view: View,
  nameOf: (part: string) => string,
): string {
  const shown = ({ properties = {} }: PartSchema) => Object.values(properties).filter(view.shows);
  const reached = reachable(definitions, from, shown);
  return Object.entries(definitions)
    .filter(([name]) => reached.has(name))
    .map(([name, schema]) => [`export interface ${nameOf(name)} {`, ...members(schema, view), '}'].join('\n'))
    .join('\n\n');
}

/**
 * The names of some definitions and of all that they refer to.
 *
 * @param followed what of a definition counts; all of it, if left out
 */
export function reachable<Definition>(
  definitions: Readonly<Record<string, Definition>>,
  from: readonly string[],
  followed: (definition: Definition) => unknown = (all) => all,
): Set<string> {
  const reached = new Set(from);
  // What is added on the way is visited, too.
  for (const name of reached) {
    const definition = definitions[name];
    const text = definition === undefined ? '' : JSON.stringify(followed(definition));
    for (const [, part = ''] of text.matchAll(/"#\/\$defs\/([^"]+)"/g)) reached.add(part);
  }
  return reached;
}

/** The members of an interface, two spaces in, so that no formatter is needed. */
function members(schema: PartSchema, view: View): string[] {
  return inline(schema, view).map(([member, { deprecated, sensitive, writeOnly }]) => {
    const says = [sensitive && 'Sensitive.', writeOnly && 'Kept in no state.'].filter(Boolean).join(' ');
    const lines = [deprecated && '@deprecated', says].filter(Boolean);
    if (lines.length === 0) return `  ${member}`;
    const comment = lines.length === 1 ? `/** ${lines[0]} */` : `/**\n   * ${lines.join('\n   * ')}\n   */`;
    return `  ${comment}\n  ${member}`;
  });
}

const inline = ({ properties = {}, required = [] }: PartSchema, view: View): [string, PartSchema][] =>
  Object.entries(properties)
    .filter(([, schema]) => view.shows(schema))
    .map(([name, schema]) => {
      const mark = view.optional && !required.includes(name) ? '?' : '';
      return [`${name}${mark}: ${typeOf(schema, view)}`, schema];
    });

function typeOf(schema: PartSchema, view: View): string {
  const { nesting, items, additionalProperties, expression } = schema;
  if (nesting !== undefined) {
    if (schema.type === 'array') return view.many(partName(onlyItem(items), view));
    if (nesting === 'map') return `Record<string, ${partName(onlyItem(additionalProperties), view)}>`;
    return view.one(partName(schema, view), nesting);
  }
  switch (expression) {
    case 'string':
    case 'number':
      return view.value(expression);
    case 'bool':
      return view.value('boolean');
    case 'list':
    case 'set':
    case 'tuple':
      return view.value(view.readonly + arrayType(items, view));
    case 'map':
      return view.value(`Record<string, ${typeOf(onlyItem(additionalProperties), view)}>`);
    case 'dynamic':
      return 'unknown';
    case 'object': {
      const inside = inline(schema, view).map(([member]) => member);
      return view.value(`{ ${inside.join('; ')} }`);
    }
    case undefined:
      return view.value(partName(schema, view));
  }
}

/** A list of schemas is one for each item, a schema by itself one for all. */
const arrayType = (items: PartSchema['items'], view: View): string =>
  Array.isArray(items)
    ? `[${items.map((item: PartSchema) => typeOf(item, view)).join(', ')}]`
    : `${typeOf(onlyItem(items), view)}[]`;

/** The schema of every item of a list or map. */
const onlyItem = (items: PartSchema['items'] | PartSchema['additionalProperties']): PartSchema =>
  typeof items === 'object' && !Array.isArray(items) ? (items as PartSchema) : {};

/** `{ "$ref": "#/$defs/PodSpec" }` → `PodSpec` */
const partName = ({ $ref = '' }: PartSchema, { ending }: View): string =>
  $ref.slice('#/$defs/'.length) + ending;

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
  const lines = Object.entries(types).map(
    ([type, part]) =>
      `  ${type}: { arguments: Arguments.${part}Arguments; attributes: Attributes.${part}Attributes };`,
  );
  return lines.length === 0
    ? [`export interface ${name} {}`, '']
    : [`export interface ${name} {`, ...lines, '}', ''];
}

/** All providers together: what `resource`, `data`, `ephemeral` and `provider` of `@home/providers` take. */
export function indexProviders(providers: readonly string[]): string {
  const names = providers.map(pascalCase);
  const extending = (name: string): string =>
    `export interface ${name} extends ${names.map((provider) => `${provider}.${name}`).join(', ')} {}`;
  return [
    ...providers.map((provider) => `import type * as ${pascalCase(provider)} from './${provider}';`),
    '',
    `export type { ${names.join(', ')} };`,
    ...['Resources', 'DataSources', 'EphemeralResources'].map(extending),
    'export interface Configurations {',
    ...providers.map((provider) => `  ${provider}: ${pascalCase(provider)}.Configuration;`),
    '}',
  ].join('\n');
}
