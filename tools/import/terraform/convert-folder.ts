import { isPlainObject } from '@home/terraform';
import { fieldsOf, mapTexts } from '../kubernetes/fields';
import { addressOf, declaredType } from './module-scope';
import type { HclBlock } from './parse-module';
import { type HclBody, dynamicContent, mapDynamic, mapMembers } from './block-order';
import { unescapeTemplate } from './split-template';

/**
 * Writes the blocks of a called module as Terraform's JSON, one text for each of its files. hcl2json gives all but the
 * places where Terraform evaluates nothing: there an address or a type is text without `${…}`. Versions stay behind,
 * since the stack says which, and types have the names that the home's providers have for them.
 *
 * @param moduleSource where a module that it calls is found
 * @returns the file's name without its ending → its text
 */
export function asJson(
  blocks: readonly HclBlock[],
  moduleSource: (source: string) => string,
): Map<string, string> {
  const present = presentAddresses(blocks);
  const files = new Map(blocks.map(({ file }) => [file, {} as Record<string, unknown>]));
  for (const block of blocks) {
    const body = withPresentTypes(bodyOf(block, moduleSource), present);
    place(files.get(block.file) ?? {}, block, body);
  }
  const written = [...files].map(([file, content]): [string, string] => {
    const comment = `Converted from ${file}.tf.`;
    return [file, `${JSON.stringify({ '//': comment, ...content }, null, 2)}\n`];
  });
  return new Map(written);
}

function place(file: Record<string, unknown>, block: HclBlock, body: unknown): void {
  const { kind, label } = block;
  const type = declaredType(block).known?.name ?? block.type;
  const steps = [kind, type, kind === 'locals' ? '' : label].filter((step) => step !== '');
  let parent = file;
  for (const step of steps.slice(0, -1)) {
    const member = isPlainObject(parent[step]) ? { ...parent[step] } : {};
    parent[step] = member;
    parent = member;
  }
  const last = steps.at(-1) ?? kind;
  const others: readonly unknown[] = Array.isArray(parent[last]) ? parent[last] : [];
  const [locals] = kind === 'locals' ? others : [];
  parent[last] = isPlainObject(locals) && isPlainObject(body) ? [{ ...locals, ...body }] : [...others, body];
}

function bodyOf({ kind, body }: HclBlock, moduleSource: (source: string) => string): HclBody {
  switch (kind) {
    case 'variable':
      return variable(body);
    case 'terraform':
      return requirements(body);
    case 'module':
      return { ...withAddresses(withOtherProviders(body)), source: moduleSource(String(body['source'])) };
    case 'moved':
    case 'removed':
    case 'import':
      return { ...body, ...bareMembers(body, ['from', 'to', 'provider']) };
    default:
      return withAddresses(body);
  }
}

/**
 * A call that passes on no provider that the called module has anyway: Terraform finds one that is passed on by its own name
 * only if every call above passes it on, too, and the root's calls do not.
 */
function withOtherProviders({ providers, ...call }: HclBody): HclBody {
  const others = Object.entries(fieldsOf(providers)).filter(([name, one]) => bare(one) !== name);
  return others.length === 0 ? call : { ...call, providers: Object.fromEntries(others) };
}

/** A default is no template, and a type no expression. */
function variable({ type, default: given, ...rest }: HclBody): HclBody {
  return {
    ...(type !== undefined && { type: bare(type) }),
    ...rest,
    ...(given !== undefined && { default: unescaped(given) }),
  };
}

/** Which providers a module means by their names. */
function requirements({ required_providers: required }: HclBody): HclBody {
  if (!Array.isArray(required)) return {};
  const sources = required.filter(isPlainObject).map((providers) => {
    const withSource = Object.entries(providers).filter(([, one]) => isPlainObject(one) && 'source' in one);
    return Object.fromEntries(
      withSource.map(([name, one]) => {
        const { version: _, configuration_aliases: aliases, ...rest } = isPlainObject(one) ? one : {};
        return [name, { ...rest, ...(aliases !== undefined && { configuration_aliases: bare(aliases) }) }];
      }),
    );
  });
  return { required_providers: sources };
}

/** Terraform's own arguments that name something instead of computing a value, and the names of iterators. */
function withAddresses(body: HclBody): HclBody {
  const { lifecycle } = body;
  const named = ['ignore_changes', 'replace_triggered_by'];
  return {
    ...withIterators(body),
    ...bareMembers(body, ['depends_on', 'provider', 'providers']),
    ...(Array.isArray(lifecycle) && {
      lifecycle: lifecycle.filter(isPlainObject).map((one) => ({ ...one, ...bareMembers(one, named) })),
    }),
  };
}

/** The names of dynamic blocks' iterators, wherever they stand. */
function withIterators(body: HclBody): HclBody {
  const inside = mapDynamic(body, (one) => ({
    ...one,
    ...bareMembers(one, ['iterator']),
    content: [withIterators(dynamicContent(one))],
  }));
  return mapMembers(inside, (_, value) =>
    Array.isArray(value)
      ? value.map((one: unknown) => (isPlainObject(one) ? withIterators(one) : one))
      : value,
  );
}

function bareMembers(body: HclBody, names: readonly string[]): HclBody {
  return Object.fromEntries(names.filter((name) => name in body).map((name) => [name, bare(body[name])]));
}

const bare = (value: unknown): unknown => mapTexts(value, (text) => text.replace(/^\$\{(.*)\}$/s, '$1'));

function unescaped(value: unknown): unknown {
  if (typeof value === 'string') return unescapeTemplate(value);
  if (Array.isArray(value)) return value.map(unescaped);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [unescapeTemplate(key), unescaped(one)]),
  );
}

/** Address of a block under its type's former name → its address now. */
function presentAddresses(blocks: readonly HclBlock[]): ReadonlyMap<string, string> {
  const renamed = blocks.flatMap((block): [string, string][] => {
    const type = declaredType(block).known?.name;
    return type === undefined || type === block.type
      ? []
      : [[addressOf(block), addressOf({ ...block, type })]];
  });
  return new Map(renamed);
}

function withPresentTypes(value: unknown, present: ReadonlyMap<string, string>): unknown {
  if (present.size === 0) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => withPresentTypes(item, present));
  if (isPlainObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [
        String(withPresentTypes(key, present)),
        withPresentTypes(member, present),
      ]),
    );
  }
  if (typeof value !== 'string') return value;
  return value.replace(/(?<![\w.-])(data\.)?[a-z]\w*\.[\w-]+/g, (address) => present.get(address) ?? address);
}
