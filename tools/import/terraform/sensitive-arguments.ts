import type { HclBody } from './block-order';
import type { BlockSchema } from '@home/providers';
import { isPlainObject } from '@home/terraform';
import { isSecretSetting } from '../secret-settings';

/** Gives another value for one that is secret. */
export type Replace = (value: unknown, path: readonly string[]) => unknown;

/**
 * Replaces what stands in a body where the provider's schema says that something is sensitive.
 *
 * @param schema undefined for a provider that is not known; then only the names of arguments tell
 */
export function replaceSensitive(
  body: HclBody,
  schema: BlockSchema | undefined,
  replace: Replace,
  path: readonly string[] = [],
): HclBody {
  const members = Object.entries(body).map(([name, value]): [string, unknown] => {
    const nested = schema?.block_types?.[name]?.block;
    if (name === 'dynamic' && isPlainObject(value))
      return [name, replaceInDynamic(value, schema, replace, path)];
    if (isSensitive(name, schema)) return [name, replace(value, [...path, name])];
    const isBlocks = Array.isArray(value) && (nested !== undefined || schema === undefined);
    if (!isBlocks) return [name, value];
    return [name, value.map((item) => replaceInBlock(item, name, nested, replace, path))];
  });
  return Object.fromEntries(members);
}

function replaceInBlock(
  body: unknown,
  name: string,
  schema: BlockSchema | undefined,
  replace: Replace,
  path: readonly string[],
): unknown {
  if (!isPlainObject(body)) return body;
  return name === 'env'
    ? replaceSetting(body, replace)
    : replaceSensitive(body, schema, replace, [...path, name]);
}

/** A variable of a container's environment, of which the schema says nothing. */
function replaceSetting(setting: HclBody, replace: Replace): HclBody {
  const { name, value } = setting;
  const isSecret = typeof name === 'string' && value !== undefined && isSecretSetting(name, String(value));
  return isSecret ? { ...setting, value: replace(value, [name]) } : setting;
}

function replaceInDynamic(
  dynamic: HclBody,
  schema: BlockSchema | undefined,
  replace: Replace,
  path: readonly string[],
): HclBody {
  const members = Object.entries(dynamic).map(([name, bodies]) => {
    const nested = schema?.block_types?.[name]?.block;
    const inside = (content: unknown) => replaceInBlock(content, name, nested, replace, path);
    const made = (body: unknown) =>
      isPlainObject(body) && Array.isArray(body['content'])
        ? { ...body, content: body['content'].map(inside) }
        : body;
    return [name, Array.isArray(bodies) ? bodies.map(made) : bodies];
  });
  return Object.fromEntries(members);
}

/** Whether an argument, a variable or a local is called as a secret is. */
export const isSecretArgument = (name: string): boolean =>
  /^(.*_)?(password|token|secret|secret_key|api_key|private_key)$/.test(name);

/** Of providers whose schema is not known only the names tell. */
function isSensitive(name: string, schema: BlockSchema | undefined): boolean {
  if (schema === undefined) return isSecretArgument(name);
  const attribute = schema.attributes?.[name];
  return attribute?.sensitive === true || attribute?.write_only === true;
}
