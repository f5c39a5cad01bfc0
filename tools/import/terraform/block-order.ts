import { isPlainObject } from '@home/terraform';
import type { LayoutBody } from './scan-layout';

/**
 * Arguments and nested blocks as hcl2json gives them, expressions as templates and nested blocks as lists, in the order
 * in which they are written.
 */
export type HclBody = Readonly<Record<string, unknown>>;

/**
 * A body with its members in the order in which they are written, and the dynamic ones last. Terraform's JSON makes the
 * blocks of one name in the order of its members; so a plain block that follows a dynamic one becomes a dynamic one that makes
 * one block.
 */
export function inWrittenOrder(body: HclBody, layout: LayoutBody | undefined): HclBody {
  const repeated = Object.keys(dynamicBlocks(body));
  const made: Record<string, unknown> = {};
  const dynamics: Record<string, unknown> = {};
  for (const [name, value] of inSourceOrder(body, layout)) {
    const isNested = Array.isArray(value) && value.length > 0 && value.every(isPlainObject);
    if (name === 'dynamic' && repeated.length > 0) continue;
    if (!isNested) made[name] = membersInOrder(value, layoutsOf(layout, name)[0]);
    else if (!repeated.includes(name)) made[name] = nestedBlocks(body, name, layout).map(contentOf);
  }
  for (const name of repeated) {
    const blocks = nestedBlocks(body, name, layout);
    const first = blocks.findIndex(({ isDynamic }) => isDynamic);
    if (first > 0) made[name] = blocks.slice(0, first).map(contentOf);
    dynamics[name] = blocks.slice(first).map(asDynamic);
  }
  return repeated.length === 0 ? made : { ...made, dynamic: dynamics };
}

/** The dynamic blocks of a body by their names; none where `dynamic` is a key of data. */
export function dynamicBlocks({ dynamic }: HclBody): Readonly<Record<string, readonly HclBody[]>> {
  const isDynamic = (body: unknown): boolean =>
    isPlainObject(body) && 'for_each' in body && 'content' in body;
  const areDynamic = (given: HclBody): given is Record<string, readonly HclBody[]> =>
    Object.values(given).every((bodies) => Array.isArray(bodies) && bodies.every(isDynamic));
  return isPlainObject(dynamic) && areDynamic(dynamic) ? dynamic : {};
}

/** The content of a dynamic block, as it is written. */
export function dynamicContent({ content }: HclBody): HclBody {
  const body: unknown = Array.isArray(content) ? content[0] : content;
  return isPlainObject(body) ? body : {};
}

/** A body with other members. */
export const mapMembers = (body: HclBody, map: (name: string, value: unknown) => unknown): HclBody =>
  Object.fromEntries(Object.entries(body).map(([name, value]) => [name, map(name, value)]));

/** A body with other dynamic blocks. */
export function mapDynamic(body: HclBody, map: (block: HclBody, name: string) => HclBody): HclBody {
  const repeated = dynamicBlocks(body);
  if (Object.keys(repeated).length === 0) return body;
  return { ...body, dynamic: mapMembers(repeated, (name) => repeated[name]?.map((one) => map(one, name))) };
}

/** Whether a dynamic block is a plain one that follows dynamic ones. */
export const isPlainBlock = ({ iterator }: HclBody): boolean => iterator === once;

const once = '${once}';

/** A nested block as it is written: plain, or `dynamic`. */
interface NestedBlock {
  readonly isDynamic: boolean;
  readonly body: HclBody;
  readonly layout: LayoutBody | undefined;
}

function nestedBlocks(body: HclBody, name: string, layout: LayoutBody | undefined): NestedBlock[] {
  const plain = blocksIn(body[name], layoutsOf(layout, name), false);
  const repeated = blocksIn(dynamicBlocks(body)[name], layoutsOf(layout, 'dynamic', name), true);
  const written = (layout?.items ?? []).filter(
    (item) => item.name === name || (item.name === 'dynamic' && item.labels[0] === name),
  );
  if (written.length !== plain.length + repeated.length) return [...plain, ...repeated];
  return written.flatMap((item) => (item.name === name ? plain : repeated).shift() ?? []);
}

function blocksIn(
  value: unknown,
  layouts: readonly (LayoutBody | undefined)[],
  isDynamic: boolean,
): NestedBlock[] {
  const bodies: readonly unknown[] = Array.isArray(value) ? value : [];
  return bodies.map((body, index) => {
    return { isDynamic, body: isPlainObject(body) ? body : {}, layout: layouts[index] };
  });
}

const contentOf = ({ body, layout }: NestedBlock): HclBody => inWrittenOrder(body, layout);

function asDynamic(block: NestedBlock): HclBody {
  const { isDynamic, body, layout } = block;
  if (!isDynamic) return { for_each: [true], iterator: once, content: [contentOf(block)] };
  return { ...body, content: [inWrittenOrder(dynamicContent(body), layoutsOf(layout, 'content')[0])] };
}

/** An object of an argument, also those in it, with the members in the order in which they are written. */
function membersInOrder(value: unknown, layout: LayoutBody | undefined): unknown {
  if (!isPlainObject(value) || layout === undefined) return value;
  const members = inSourceOrder(value, layout);
  return Object.fromEntries(
    members.map(([name, member]) => [name, membersInOrder(member, layoutsOf(layout, name)[0])]),
  );
}

function inSourceOrder(body: HclBody, layout: LayoutBody | undefined): [string, unknown][] {
  const names = (layout?.items ?? []).map(({ name }) => name);
  const place = (name: string): number => (names.includes(name) ? names.indexOf(name) : names.length);
  return Object.entries(body).sort(([one], [other]) => place(one) - place(other));
}

/** The layout of the nested blocks with a name, or of an object in an argument. */
function layoutsOf(layout: LayoutBody | undefined, name: string, label?: string): (LayoutBody | undefined)[] {
  return (layout?.items ?? [])
    .filter((item) => item.name === name && (label === undefined || item.labels[0] === label))
    .map(({ body }) => body);
}
