import { type BlocksSchema, type PartSchema } from '@home/providers';
import { isTuple, onlyItem, partName } from './argument-types';
import { type Member, printInterface } from './print-interface';
import { reachableParts } from './reachable-parts';

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
  if (schema.nesting !== undefined) return nestedType(schema);
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
      return `{ ${inlineMembers(schema)} }`;
    case undefined:
      return `${partName(schema)}Attributes`;
  }
}

function nestedType(schema: PartSchema): string {
  if (schema.type === 'array') return `${partName(onlyItem(schema.items))}Attributes[]`;
  if (schema.nesting === 'map')
    return `Record<string, ${partName(onlyItem(schema.additionalProperties))}Attributes>`;
  const part = `${partName(schema)}Attributes`;
  return schema.nesting === 'list' || schema.nesting === 'set' ? `${part}[]` : part;
}

function inlineMembers(schema: PartSchema): string {
  return Object.entries(attributeMembers(schema))
    .map(([name, { type }]) => `${name}: ${type}`)
    .join('; ');
}
