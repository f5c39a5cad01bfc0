import { isPlainObject } from '@home/terraform';
import { relative } from 'node:path';
import { type Folder, localModule } from './find-folders';
import { addressOf, declaredType } from './module-scope';
import type { HclBlock, HclBody } from './parse-module';
import type { ModuleInstances } from './plan-file';
import { type Rewrite, rewriteSource, rewriteValue } from './rewrite-expressions';

/** A root module whose calls of local modules are expanded, and the calls that had to stay. */
export interface Expanded {
  readonly blocks: readonly HclBlock[];
  readonly kept: readonly { readonly block: HclBlock; readonly why: string }[];
  /** Blocks of called modules that speak of addresses in the module, which are gone. */
  readonly dropped: readonly HclBlock[];
}

/** One instance of a called module. */
interface Instance {
  /** `module.web["a"]` */
  readonly address: string;
  /** What the names of its blocks start with: `web_a`. */
  readonly prefix: string;
  /** The key in `for_each`, or the index in `count`. */
  readonly key?: string | number;
}

/**
 * Puts the blocks of called local modules in the place of the calls: variables and locals become locals, resources get
 * the name of the call before their own, and `moved` blocks bring along what is made already.
 *
 * @param instances which modules the plan makes, and how often
 */
export function expandModules(
  root: Folder,
  folders: ReadonlyMap<string, Folder>,
  instances: ModuleInstances,
): Expanded {
  const kept: Expanded['kept'][number][] = [];
  const dropped = new Set<HclBlock>();
  const blocks = expand(root.blocks, root.path, '', '');
  return { blocks, kept, dropped: [...dropped] };

  /** Expands the calls among blocks that have their final names already. */
  function expand(
    given: readonly HclBlock[],
    path: string,
    parent: string,
    prefix: string,
  ): readonly HclBlock[] {
    const calls = given.filter(({ kind }) => kind === 'module');
    const outputs = new Map<string, string>();
    const members = new Map<string, readonly string[]>();
    const made = calls.flatMap((call) => {
      const why = whyKept(call, given);
      const folder = localModule(call, path).flatMap((one) => folders.get(one) ?? [])[0];
      if (folder === undefined || why !== undefined) {
        if (folder !== undefined) kept.push({ block: call, why: why ?? '' });
        return [call];
      }
      const label = prefix === '' ? call.label : call.label.slice(prefix.length + 1);
      const own = instancesOf(call, label, parent, instances);
      return own.flatMap((instance) => {
        const inlined = inline(call, folder, instance);
        for (const [name, local] of inlined.outputs) {
          outputs.set(`${instanceName(call, instance)}.${name}`, local);
        }
        const addresses = inlined.blocks.filter(({ kind }) => kind === 'resource').map(addressOf);
        members.set(addressOf(call), [...(members.get(addressOf(call)) ?? []), ...addresses]);
        return inlined.blocks;
      });
    });
    const others = given.filter(({ kind }) => kind !== 'module');
    return [...others, ...made].map((block) => readOutputs(block, outputs, members));
  }

  function inline(
    call: HclBlock,
    folder: Folder,
    instance: Instance,
  ): { blocks: readonly HclBlock[]; outputs: ReadonlyMap<string, string> } {
    const { prefix } = instance;
    const from = relative(root.path, folder.path);
    const named = (name: string): string => `${prefix}_${name}`;
    const own = new Set(folder.blocks.map(addressOf));
    const unset = unsetVariables(folder.blocks, call);
    const rewrite: Rewrite = (reference) => {
      const [first = '', second = ''] = reference.split('.');
      if (first === 'var') return `${unset.has(second) ? 'var' : 'local'}.${named(second)}`;
      if (first === 'local') return `local.${named(`local_${second}`)}`;
      if (first === 'module') return `module.${named(second)}`;
      if (reference === 'path.module') return `"\${path.module}/${from}"`;
      const renamed = reference.split('.').slice(0, -1);
      return own.has(reference)
        ? [...renamed, named(reference.split('.').at(-1) ?? '')].join('.')
        : undefined;
    };
    const inner = (value: unknown): unknown => rewriteValue(value, rewrite);
    const outer = (value: unknown): unknown => rewriteValue(value, eachOf(call, instance));
    const needed: readonly unknown[] = Array.isArray(call.body['depends_on']) ? call.body['depends_on'] : [];
    const outputs = new Map<string, string>();
    const blocks = folder.blocks.flatMap((block): HclBlock[] => {
      const { kind, label, body } = block;
      const local = (name: string, value: unknown): HclBlock => {
        const { layout: _, ...rest } = block;
        return { ...rest, kind: 'locals', label: '', body: { [name]: value } };
      };
      switch (kind) {
        case 'variable': {
          if (unset.has(label)) return [{ ...block, label: named(label), body: bodyOf(inner(body)) }];
          const value = label in call.body ? outer(call.body[label]) : (body['default'] ?? null);
          const isSecret = body['sensitive'] === true || body['ephemeral'] === true;
          return [{ ...local(named(label), withDefaults(value, String(body['type'] ?? ''))), isSecret }];
        }
        case 'locals':
          return Object.entries(body).map(([name, value]) => local(named(`local_${name}`), inner(value)));
        case 'output':
          outputs.set(label, named(`output_${label}`));
          return [local(named(`output_${label}`), inner(body['value']))];
        case 'terraform':
        case 'provider':
          return [];
        case 'moved':
        case 'removed':
        case 'import':
          dropped.add(block);
          return [];
        default: {
          const whole = bodyOf(inner(body));
          const before: readonly unknown[] = Array.isArray(whole['depends_on']) ? whole['depends_on'] : [];
          const depends = kind === 'module' || needed.length > 0 ? [...before, ...needed] : before;
          const renamed = {
            ...block,
            label: named(label),
            body: { ...whole, ...(depends.length > 0 && { depends_on: depends }) },
          };
          // Terraform moves nothing from a type to the one that followed it.
          const moves = kind === 'resource' && (declaredType(block).known?.name ?? block.type) === block.type;
          return moves ? [renamed, movedFrom(block, renamed, instance)] : [renamed];
        }
      }
    });
    // What one call becomes stands in one file, which is called like it.
    const together = blocks.map((block) => ({ ...block, file: prefix }));
    return { blocks: expand(together, folder.path, instance.address, prefix), outputs };
  }
}

const bodyOf = (value: unknown): HclBody => (isPlainObject(value) ? value : {});

/** Variables that are null: as such they stay, since nobody may step into a null that is written out. */
function unsetVariables(blocks: readonly HclBlock[], { body: given }: HclBlock): Set<string> {
  const unset = blocks.filter(
    ({ kind, label, body }) => kind === 'variable' && !(label in given) && (body['default'] ?? null) === null,
  );
  return new Set(unset.map(({ label }) => label));
}

/** A call whose instances are read in a way that only Terraform can follow stays as it is. */
function whyKept(call: HclBlock, blocks: readonly HclBlock[]): string | undefined {
  const bodies = blocks.map(({ body: { depends_on: _, ...rest } }) => rest);
  const text = JSON.stringify(bodies).replaceAll('\\"', '"');
  const name = call.label.replace(/-/g, '\\-');
  const reads = [...text.matchAll(new RegExp(`module\\.${name}(?![\\w-])(.{0,80})`, 'gs'))];
  const isPlain = reads.every(([, rest = '']) => /^(\[(\d+|"[^"]*")\])?\.[A-Za-z_]/.test(rest));
  return isPlain ? undefined : 'is read as a whole, or by a key that is computed';
}

function instancesOf(
  { label, body }: HclBlock,
  written: string,
  parent: string,
  instances: ModuleInstances,
): Instance[] {
  const start = `${parent === '' ? '' : `${parent}.`}module.${written}`;
  if (!('count' in body) && !('for_each' in body)) return [{ address: start, prefix: label }];
  return [...instances].flatMap((address) => {
    const key = address.startsWith(`${start}[`) ? address.slice(start.length) : '';
    if (!/^\[(\d+|"(?:[^"\\]|\\.)*")\]$/.test(key)) return [];
    const value: unknown = JSON.parse(key.slice(1, -1));
    const instance = typeof value === 'number' ? value : String(value);
    return [{ address, prefix: `${label}_${String(instance).replace(/[^\w-]/g, '_')}`, key: instance }];
  });
}

const instanceName = ({ label }: HclBlock, { key }: Instance): string =>
  `module.${label}${key === undefined ? '' : `[${JSON.stringify(key)}]`}`;

/** What `each` and `count` are in the arguments of one instance. */
function eachOf({ body }: HclBlock, { key }: Instance): Rewrite {
  const collection = body['for_each'];
  return (reference) => {
    if (key === undefined) return undefined;
    if (reference === 'each.key' || reference === 'count.index') return JSON.stringify(key);
    if (reference !== 'each.value') return undefined;
    if (isPlainObject(collection) && key in collection) return sourceOf(collection[key]);
    const source = sourceOf(collection);
    return /^\s*toset\(/.test(source) ? JSON.stringify(key) : `(${source})[${JSON.stringify(key)}]`;
  };
}

/** A value as the source of an expression. */
function sourceOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sourceOf).join(', ')}]`;
  if (isPlainObject(value)) {
    const members = Object.entries(value).map(([key, member]) => `(${sourceOf(key)}) = ${sourceOf(member)}`);
    return `{ ${members.join(', ')} }`;
  }
  const whole = typeof value === 'string' ? /^\$\{(.*)\}$/s.exec(value)?.[1] : undefined;
  if (whole !== undefined && rewriteSource(whole, () => undefined) === whole && !whole.includes('${'))
    return whole;
  return typeof value === 'string'
    ? `"${value.replace(/["\\](?![^$]*\})/g, '\\$&').replaceAll('\n', '\\n')}"`
    : JSON.stringify(value ?? null);
}

/** An object type's optional members are there, be it as null: `object({ port = optional(number) })`. */
function withDefaults(value: unknown, type: string): unknown {
  const members = [...type.matchAll(/([\w-]+)\s*=\s*optional\(/g)].map(([, name]) => name);
  if (members.length === 0 || value === null) return value;
  const missing = `{ ${members.map((name) => `${name} = null`).join(', ')} }`;
  if (/^\$\{object\(/.test(type)) return `\${merge(${missing}, ${sourceOf(value)})}`;
  if (/^\$\{(list|set|tuple)\(object\(/.test(type))
    return `\${[for item in ${sourceOf(value)} : merge(${missing}, item)]}`;
  if (/^\$\{map\(object\(/.test(type))
    return `\${{ for key, item in ${sourceOf(value)} : key => merge(${missing}, item) }}`;
  return value;
}

/** Brings along what is made already under its address in the module. */
function movedFrom(before: HclBlock, after: HclBlock, { address }: Instance): HclBlock {
  const { layout: _, ...rest } = before;
  const from = `\${${address}.${addressOf(before)}}`;
  return {
    ...rest,
    kind: 'moved',
    type: '',
    label: '',
    comment: [],
    body: { from, to: `\${${addressOf(after)}}` },
  };
}

/** Reads the locals that outputs became, and depends on the resources of a module instead of the module. */
function readOutputs(
  block: HclBlock,
  outputs: ReadonlyMap<string, string>,
  members: ReadonlyMap<string, readonly string[]>,
): HclBlock {
  if (block.kind === 'moved') return block;
  const { depends_on: depends, ...rest } = block.body;
  const text = (value: unknown): unknown => {
    if (typeof value === 'string') return replaceOutputs(value);
    if (Array.isArray(value)) return value.map(text);
    if (!isPlainObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [replaceOutputs(key), text(member)]),
    );
  };
  const replaceOutputs = (given: string): string =>
    given.replace(/(?<![\w.-])module\.[\w-]+(?:\[(?:\d+|"[^"]*")\])?\.[\w-]+/g, (read) =>
      outputs.has(read) ? `local.${outputs.get(read)}` : read,
    );
  const body = text(rest);
  const needed = Array.isArray(depends)
    ? depends.flatMap(
        (one: unknown) =>
          members.get(String(one).replace(/^\$\{|\}$/g, ''))?.map((to) => `\${${to}}`) ?? [text(one)],
      )
    : undefined;
  return {
    ...block,
    body: { ...(isPlainObject(body) ? body : {}), ...(needed !== undefined && { depends_on: needed }) },
  };
}
