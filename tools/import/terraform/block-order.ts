import { isPlainObject } from '@home/terraform';
import { type HclBody, layoutsOf } from './parse-module';
import type { LayoutBody } from './scan-layout';

/** A nested block as it is written: plain, or `dynamic`. */
export interface NestedBlock {
  readonly isDynamic: boolean;
  readonly body: HclBody;
  readonly layout?: LayoutBody;
}

/** The nested blocks with a name in the order in which they are written, which is the order of what they make. */
export function nestedBlocks(body: HclBody, name: string, layout: LayoutBody | undefined): NestedBlock[] {
  const plain = blocksIn(body[name], layoutsOf(layout, name), false);
  const repeated = blocksIn(dynamicBlocks(body)[name], layoutsOf(layout, 'dynamic', name), true);
  const written = (layout?.items ?? []).filter(
    (item) => item.name === name || (item.name === 'dynamic' && item.labels[0] === name),
  );
  if (written.length !== plain.length + repeated.length) return [...plain, ...repeated];
  return written.flatMap((item) => (item.name === name ? plain : repeated).shift() ?? []);
}

/** The dynamic blocks of a body by their names; none where `dynamic` is a key of data. */
export function dynamicBlocks({ dynamic }: HclBody): HclBody {
  const isDynamic = (body: unknown): boolean =>
    isPlainObject(body) && 'for_each' in body && 'content' in body;
  const areDynamic = (bodies: unknown): boolean => Array.isArray(bodies) && bodies.every(isDynamic);
  return isPlainObject(dynamic) && Object.values(dynamic).every(areDynamic) ? dynamic : {};
}

function blocksIn(
  value: unknown,
  layouts: readonly (LayoutBody | undefined)[],
  isDynamic: boolean,
): NestedBlock[] {
  const bodies: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return bodies.map((body, index) => {
    const layout = layouts[index];
    return { isDynamic, body: isPlainObject(body) ? body : {}, ...(layout !== undefined && { layout }) };
  });
}

/**
 * A body whose blocks Terraform's JSON makes in the order in which HCL made them, which is that of the members: plain
 * blocks before dynamic ones, and a plain block that follows a dynamic one as a dynamic one that makes one block.
 */
export function inWrittenOrder(body: HclBody, layout: LayoutBody | undefined): HclBody {
  const repeated = Object.keys(dynamicBlocks(body));
  const plain = Object.fromEntries(
    Object.entries(body).filter(([name]) => name !== 'dynamic' || repeated.length === 0),
  );
  const made: Record<string, unknown> = {};
  const dynamics: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(plain)) {
    const isNested = Array.isArray(value) && value.length > 0 && value.every(isPlainObject);
    if (!isNested || repeated.includes(name)) {
      if (!isNested) made[name] = value;
      continue;
    }
    made[name] = nestedBlocks(body, name, layout).map((block) => inWrittenOrder(block.body, block.layout));
  }
  for (const name of repeated) {
    const blocks = nestedBlocks(body, name, layout);
    const first = blocks.findIndex(({ isDynamic }) => isDynamic);
    if (first > 0)
      made[name] = blocks.slice(0, first).map((block) => inWrittenOrder(block.body, block.layout));
    dynamics[name] = blocks.slice(first).map(asDynamic);
  }
  return repeated.length === 0 ? made : { ...made, dynamic: dynamics };
}

function asDynamic({ isDynamic, body, layout }: NestedBlock): HclBody {
  if (!isDynamic) return { for_each: [true], iterator: '${once}', content: [inWrittenOrder(body, layout)] };
  const [content]: readonly unknown[] = Array.isArray(body['content']) ? body['content'] : [];
  const inside = layoutsOf(layout, 'content')[0];
  return { ...body, content: [inWrittenOrder(isPlainObject(content) ? content : {}, inside)] };
}
