import { type BlocksSchema, type PartSchema } from '@home/providers';

/**
 * The definitions that the given ones need, themselves included, in the order of the schema.
 *
 * @param follow tells which members count
 */
export function reachableParts(
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
