import { type BlocksSchema, type PartSchema, configurationPart } from '@home/providers';
import { type Member, printInterface } from './print-interface';

/**
 * The types of what may be written in a block: `Value<…>` for an attribute, `Single<…>` and `Many<…>` for nested blocks.
 * Attributes that only the provider sets are left out.
 */
export async function argumentTypes({ blocks, $defs }: BlocksSchema): Promise<string> {
  const whole = new Set([
    configurationPart,
    ...Object.values(blocks).flatMap((byType) => Object.values(byType)),
  ]);
  const written = reachableParts([...whole], $defs, (property) => !property.readOnly);
  const interfaces = written.map(([name, schema]) =>
    printInterface(whole.has(name) ? `${name}Arguments` : name, argumentMembers(schema)),
  );
  return (await Promise.all(interfaces)).join('\n\n');
}

function argumentMembers({ properties = {}, required = [] }: PartSchema): Record<string, Member> {
  const members: Record<string, Member> = {};
  for (const [name, schema] of Object.entries(properties)) {
    if (schema.readOnly) continue;
    const comment = [schema.sensitive && 'Sensitive.', schema.writeOnly && 'Kept in no state.']
      .filter(Boolean)
      .join(' ');
    members[name] = {
      type: argumentType(schema),
      optional: !required.includes(name),
      comment,
      deprecated: schema.deprecated,
    };
  }
  return members;
}

function argumentType(schema: PartSchema): string {
  if (schema.nesting !== undefined) return nestedArgumentType(schema);
  switch (schema.expression) {
    case 'string':
      return 'Value<string>';
    case 'number':
      return 'Value<number>';
    case 'bool':
      return 'Value<boolean>';
    case 'list':
    case 'set':
    case 'tuple':
      return `Value<${arrayType(schema.items)}>`;
    case 'map':
      return `Value<Record<string, ${argumentType(onlyItem(schema.additionalProperties))}>>`;
    case 'dynamic':
      return 'unknown';
    case 'object':
      return `Value<{ ${inlineArguments(schema)} }>`;
    case undefined:
      return `Value<${partName(schema)}>`;
  }
}

function nestedArgumentType(schema: PartSchema): string {
  if (schema.type === 'array') return `Many<${partName(onlyItem(schema.items))}>`;
  if (schema.nesting === 'map') return `Record<string, ${partName(onlyItem(schema.additionalProperties))}>`;
  return `Single<${partName(schema)}>`;
}

function arrayType(items: PartSchema['items']): string {
  if (isTuple(items)) return `readonly [${items.map(argumentType).join(', ')}]`;
  return `readonly ${argumentType(onlyItem(items))}[]`;
}

function inlineArguments(schema: PartSchema): string {
  return Object.entries(argumentMembers(schema))
    .map(([name, { type, optional }]) => `${name}${optional ? '?' : ''}: ${type}`)
    .join('; ');
}

/**
 * The types of what a reference can read: every attribute, computed ones included and write-only ones excluded, and
 * nested blocks the way Terraform reads them back (a block that occurs at most once still is a list, if its nesting is).
 */
export async function attributeTypes({ blocks, $defs }: BlocksSchema): Promise<string> {
  // A provider's configuration, and parts that stand only there, cannot be read.
  const whole = Object.values(blocks).flatMap((byType) => Object.values(byType));
  const read = reachableParts(whole, $defs, (property) => !property.writeOnly);
  const interfaces = read.map(([name, schema]) =>
    printInterface(`${name}Attributes`, attributeMembers(schema)),
  );
  return (await Promise.all(interfaces)).join('\n\n');
}

function attributeMembers({ properties = {} }: PartSchema): Record<string, Member> {
  const members: Record<string, Member> = {};
  for (const [name, schema] of Object.entries(properties)) {
    if (schema.writeOnly) continue;
    const comment = schema.sensitive && 'Sensitive.';
    members[name] = {
      type: attributeType(schema),
      optional: false,
      ...(comment && { comment }),
      deprecated: schema.deprecated,
    };
  }
  return members;
}

function attributeType(schema: PartSchema): string {
  if (schema.nesting !== undefined) return nestedAttributeType(schema);
  switch (schema.expression) {
    case 'string':
    case 'number':
      return schema.expression;
    case 'bool':
      return 'boolean';
    case 'list':
    case 'set':
    case 'tuple':
      return isTuple(schema.items)
        ? `[${schema.items.map(attributeType).join(', ')}]`
        : `${attributeType(onlyItem(schema.items))}[]`;
    case 'map':
      return `Record<string, ${attributeType(onlyItem(schema.additionalProperties))}>`;
    case 'dynamic':
      return 'unknown';
    case 'object':
      return `{ ${inlineAttributes(schema)} }`;
    case undefined:
      return `${partName(schema)}Attributes`;
  }
}

function nestedAttributeType(schema: PartSchema): string {
  if (schema.type === 'array') return `${partName(onlyItem(schema.items))}Attributes[]`;
  if (schema.nesting === 'map')
    return `Record<string, ${partName(onlyItem(schema.additionalProperties))}Attributes>`;
  const part = `${partName(schema)}Attributes`;
  return schema.nesting === 'list' || schema.nesting === 'set' ? `${part}[]` : part;
}

function inlineAttributes(schema: PartSchema): string {
  return Object.entries(attributeMembers(schema))
    .map(([name, { type }]) => `${name}: ${type}`)
    .join('; ');
}

/**
 * The definitions that the given ones need, themselves included, in the order of the schema.
 *
 * @param follow tells which members count
 */
function reachableParts(
  from: readonly string[],
  definitions: BlocksSchema['$defs'],
  follow: (member: PartSchema) => boolean,
): [string, PartSchema][] {
  const reached = new Set<string>();
  const visit = (name: string): void => {
    if (reached.has(name)) return;
    reached.add(name);
    for (const member of Object.values(definitions[name]?.properties ?? {}).filter(follow)) {
      for (const [, part = ''] of JSON.stringify(member).matchAll(/"#\/\$defs\/(\w+)"/g)) visit(part);
    }
  };
  from.forEach(visit);
  return Object.entries(definitions).filter(([name]) => reached.has(name));
}

/** Tells a list of schemas, one for each item, from one schema for all items. */
function isTuple(items: PartSchema['items']): items is readonly PartSchema[] {
  return Array.isArray(items);
}

/** The schema of every item of a list or map. */
function onlyItem(items: PartSchema['items'] | PartSchema['additionalProperties']): PartSchema {
  return typeof items === 'object' && !Array.isArray(items) ? (items as PartSchema) : {};
}

/** `{ "$ref": "#/$defs/PodSpec" }` → `PodSpec` */
const partName = ({ $ref = '' }: PartSchema): string => $ref.slice('#/$defs/'.length);
