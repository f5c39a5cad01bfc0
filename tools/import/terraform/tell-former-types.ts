import type { Problem } from '@home/terraform';
import { addressOf, declaredType } from './module-scope';
import type { HclBlock } from './parse-module';

/**
 * Tells of resources that come under another type than they had. Terraform moves no state from a type to its successor,
 * so whoever goes on with the old state would lose what runs.
 */
export function tellFormerTypes(blocks: readonly HclBlock[], stack: string): Problem[] {
  const former = new Map<string, HclBlock[]>();
  for (const block of blocks.filter((one) => one.kind === 'resource' && typeOf(one) !== one.type))
    former.set(block.type, [...(former.get(block.type) ?? []), block]);
  return [...former.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const more = others.map((block) => `${addressOf(block)} (${block.where})`).join(', ');
    const what = `${addressOf(first)} becomes a ${typeOf(first)}${more && `, and so do ${more}`}: with the old state, Terraform destroys it and makes it anew`;
    const remedy = `Let the old state forget it first (terraform state rm ADDRESS), and take it over: npm run adopt -- ${stack}`;
    return [{ where: first.where, what, remedy }];
  });
}

const typeOf = (block: HclBlock): string => declaredType(block).known?.name ?? block.type;
