import { type BlocksSchema, type PartSchema, configurationPart } from '@home/providers';
import { type Member, printInterface } from './print-interface';
import { reachableParts } from './reachable-parts';

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
  if (schema.nesting !== undefined) return nestedType(schema);
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
      return `Value<{ ${inlineMembers(schema)} }>`;
    case undefined:
      return `Value<${partName(schema)}>`;
  }
}

function nestedType(schema: PartSchema): string {
  if (schema.type === 'array') return `Many<${partName(onlyItem(schema.items))}>`;
  if (schema.nesting === 'map') return `Record<string, ${partName(onlyItem(schema.additionalProperties))}>`;
  return `Single<${partName(schema)}>`;
}

function arrayType(items: PartSchema['items']): string {
  if (isTuple(items)) return `readonly [${items.map(argumentType).join(', ')}]`;
  return `readonly ${argumentType(onlyItem(items))}[]`;
}

function inlineMembers(schema: PartSchema): string {
  return Object.entries(argumentMembers(schema))
    .map(([name, { type, optional }]) => `${name}${optional ? '?' : ''}: ${type}`)
    .join('; ');
}

/** Tells a list of schemas, one for each item, from one schema for all items. */
export function isTuple(items: PartSchema['items']): items is readonly PartSchema[] {
  return Array.isArray(items);
}

/** The schema of every item of a list or map. */
export function onlyItem(items: PartSchema['items'] | PartSchema['additionalProperties']): PartSchema {
  return typeof items === 'object' && !Array.isArray(items) ? (items as PartSchema) : {};
}

/** `{ "$ref": "#/$defs/PodSpec" }` → `PodSpec` */
export const partName = ({ $ref = '' }: PartSchema): string => $ref.slice('#/$defs/'.length);
