import { parse } from '@cdktf/hcl2json';
import { isPlainObject } from '@home/terraform';
import { basename } from 'node:path';
import type { Source } from '../source/read-source';
import { unescapeTemplate } from './split-template';

/** Arguments that name something instead of computing a value. */
const addresses = new Set([
  'depends_on',
  'provider',
  'providers',
  'ignore_changes',
  'replace_triggered_by',
  'iterator',
]);

/** The same in blocks that are about addresses; elsewhere these names mean something else. */
const moving = new Set(['from', 'to']);

/**
 * Writes a file of a module as Terraform's JSON, which means the same. hcl2json gives all but the places where
 * Terraform evaluates nothing: there an address or a type is text without `${…}`.
 *
 * @param source a file that is known to be HCL
 * @param moduleSource where a module that it calls is found
 */
export async function asJson(
  { file, text }: Source,
  moduleSource: (source: string) => string,
): Promise<string> {
  const json: unknown = await parse(basename(file), text);
  const body = isPlainObject(json) ? json : {};
  const converted = Object.entries(body).map(([kind, blocks]) => {
    if (kind === 'variable') return [kind, mapBodies(blocks, variable)];
    if (kind === 'module') return [kind, mapBodies(blocks, (call) => moduleCall(call, moduleSource))];
    return [kind, withAddresses(blocks, ['moved', 'removed', 'import'].includes(kind) ? moving : addresses)];
  });
  const comment = `Converted from ${basename(file)}.`;
  return `${JSON.stringify({ '//': comment, ...Object.fromEntries(converted) }, null, 2)}\n`;
}

function mapBodies(blocks: unknown, map: (body: Readonly<Record<string, unknown>>) => unknown): unknown {
  if (!isPlainObject(blocks)) return blocks;
  return Object.fromEntries(
    Object.entries(blocks).map(([name, bodies]) => [
      name,
      Array.isArray(bodies)
        ? bodies.map((body: unknown) => (isPlainObject(body) ? map(body) : body))
        : bodies,
    ]),
  );
}

/** A default is no template, and a type no expression. */
function variable(body: Readonly<Record<string, unknown>>): unknown {
  const { type, default: given, ...rest } = body;
  return {
    ...(type !== undefined && { type: bare(type) }),
    ...rest,
    ...('default' in body && { default: unescaped(given) }),
  };
}

function moduleCall(
  body: Readonly<Record<string, unknown>>,
  moduleSource: (source: string) => string,
): unknown {
  const { source, ...rest } = body;
  const converted = withAddresses(rest, addresses);
  return { source: moduleSource(String(source)), ...(isPlainObject(converted) ? converted : {}) };
}

function withAddresses(value: unknown, names: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => withAddresses(item, names));
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      names.has(name) ? bare(member) : withAddresses(member, names),
    ]),
  );
}

function bare(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/^\$\{(.*)\}$/s, '$1');
  if (Array.isArray(value)) return value.map(bare);
  return isPlainObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, bare(one)]))
    : value;
}

function unescaped(value: unknown): unknown {
  if (typeof value === 'string') return unescapeTemplate(value);
  if (Array.isArray(value)) return value.map(unescaped);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [unescapeTemplate(key), unescaped(one)]),
  );
}
