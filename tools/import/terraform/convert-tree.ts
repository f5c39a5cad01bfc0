import type { TFExpressionSyntaxTree } from '@cdktf/hcl2json';
import { type Code, type Member, call, callOf, dataOf, imported, literal, template } from '../code/code';
import { stringify } from 'yaml';
import { type Tree, sourceOf, sourceParts, traversalIn } from './expression-trees';
import { type HclType, elementType, stepInto } from './hcl-type';
import { unescapeQuoted, unescapeTemplate } from './split-template';
import { type Typed, adapt, anything, raw } from './typed-code';
import type { WorkloadFiles } from './workload-files';

/** What the body of a block and the expressions in it can see. */
export interface Scope {
  readonly trees: ReadonlyMap<string, Tree>;
  /** What a reference leads to; undefined for one that stays source text. */
  resolve(path: readonly (string | number)[]): Typed | undefined;
  readonly files: WorkloadFiles;
  /** The block that an address names. */
  blockAt(address: string): Code | undefined;
  /** The same with one name more: a dynamic block's iterator. */
  withName(name: string, value: Typed): Scope;
  /** Takes note of an argument that has no place. */
  lose(what: string): void;
  /** What a file made here would best be called: the key that its content stands under. */
  readonly wish?: string;
}

/** Turns the source of an expression into code. */
export function convertExpression(source: string, wanted: HclType, scope: Scope): Typed {
  const path = traversalIn(source);
  if (path !== undefined) return adapt(scope.resolve(path) ?? raw(source), wanted);
  const tree = scope.trees.get(source);
  return tree === undefined ? raw(source) : adapt(convertTree(tree, source, wanted, scope), wanted);
}

/**
 * Turns a syntax tree into code: literals, lists, objects, references, templates and function calls as what they are,
 * everything else as source text in which references are kept.
 *
 * @param source the source of the whole expression, in which the tree's places count
 */
function convertTree(tree: Tree, source: string, wanted: HclType, scope: Scope): Typed {
  const convert = (child: Tree, type: HclType): Typed => adapt(convertTree(child, source, type, scope), type);
  const [only] = tree.children;
  switch (tree.type) {
    case 'templateWrap':
      return only === undefined ? asSource() : convertTree(only, source, wanted, scope);
    case 'literalValue':
      return convertLiteral(tree.meta);
    case 'scopeTraversal':
      return convertReference(tree) ?? asSource();
    case 'template':
      return convertTemplate(tree);
    case 'tuple': {
      const items = tree.children.map((child) => convert(child, elementType(wanted)));
      return {
        code: { kind: 'list', items: items.map(({ code }) => code) },
        type: ['tuple', items.map(({ type }) => type)],
      };
    }
    case 'object':
      return convertObject(tree) ?? asSource();
    case 'function':
      return convertCall(tree) ?? asSource();
    default:
      // Parentheses have no name.
      return isParentheses(tree) && only !== undefined
        ? convertTree(only, source, wanted, scope)
        : asSource();
  }

  function asSource(): Typed {
    return raw(...sourceParts(tree, source, (path) => scope.resolve(path)?.code));
  }

  function convertReference({ meta }: TFExpressionSyntaxTree.ScopeTraversalExpression): Typed | undefined {
    const path = traversalIn(meta.fullAccessor);
    return path === undefined ? undefined : scope.resolve(path);
  }

  function convertTemplate({ meta, children }: TFExpressionSyntaxTree.TemplateExpression): Typed {
    const isHeredoc = meta.value.startsWith('<<');
    const parts: (string | Code)[] = [];
    for (const child of children) {
      if (child.type === 'literalValue') {
        parts.push(isHeredoc ? unescapeTemplate(child.meta.value) : unescapeQuoted(child.meta.value));
      } else if (String(child.type) === 'templateJoin' || child.type === 'conditional') return asSource();
      else {
        const part = asText(convertTree(child, source, 'dynamic', scope));
        parts.push(...(part.kind === 'template' ? part.parts : [part]));
      }
    }
    const isText = parts.every((part) => typeof part === 'string');
    return { code: isText ? literal(parts.join('')) : template(...parts), type: 'string' };
  }

  function convertObject({ children }: TFExpressionSyntaxTree.ObjectExpression): Typed | undefined {
    const members: Member[] = [];
    const types: Record<string, HclType> = {};
    for (let index = 0; index + 1 < children.length; index += 2) {
      const [keyTree, valueTree] = [children[index], children[index + 1]];
      const key = keyTree === undefined ? undefined : keyOf(keyTree, source);
      if (key === undefined || valueTree === undefined) return undefined;
      const type = stepInto(wanted, key) ?? 'dynamic';
      const value = convert(valueTree, type);
      members.push({ key, value: value.code });
      types[key] = value.type;
    }
    return { code: { kind: 'object', members }, type: ['object', types] };
  }

  function convertCall({ meta, children }: TFExpressionSyntaxTree.FunctionCallExpression): Typed | undefined {
    if (meta.expandedFinalArgument) return undefined;
    const file = convertFileCall(meta.name, children) ?? convertYaml(meta.name, children);
    if (file !== undefined) return file;
    // Of several lists only Terraform makes one text.
    const helper = meta.name === 'join' && children.length !== 2 ? undefined : helpers[meta.name];
    if (helper === undefined && !children.some(holdsCollection)) return undefined;
    const [wanted, type] = helper ?? [[], 'dynamic'];
    const given = children.map(
      (child, index) => convert(child, wanted[index] ?? wanted.at(-1) ?? 'dynamic').code,
    );
    const code =
      helper === undefined
        ? call(imported('@home/terraform', 'call'), literal(meta.name), ...given)
        : call(imported('@home/terraform', meta.name), ...given);
    return { code, type };
  }

  /** A function that reads a file of the module's folder, which then lies beside the workload. */
  function convertFileCall(name: string, [path, ...more]: readonly Tree[]): Typed | undefined {
    const isFileCall = path !== undefined && /^(file|templatefile)/.test(name);
    const file = isFileCall ? fileIn(sourceOf(path, source) ?? '') : undefined;
    if (file === undefined || !scope.files.take(file)) return undefined;
    if (name === 'file') return { code: fileBeside(file), type: 'string' };
    return readBeside(name, file, scope, ...more.map((child) => convert(child, 'dynamic').code));
  }

  /** YAML of what is written out becomes a file of YAML. */
  function convertYaml(name: string, [value]: readonly Tree[]): Typed | undefined {
    if (name !== 'yamlencode' || value === undefined) return undefined;
    const { code } = convert(value, 'dynamic');
    const wish = scope.wish ?? 'values.yaml';
    const plain = dataOf(code);
    if (plain === undefined) return undefined;
    const file = scope.files.add(/\.ya?ml$/.test(wish) ? wish : `${wish}.yaml`, stringify(plain.value));
    return { code: fileBeside(file), type: 'string' };
  }
}

const strings: HclType = ['list', 'string'];

/**
 * The functions of Terraform that `@home/terraform` has by their names, and whose types are always the same. The type of
 * the last argument counts for all that follow.
 */
const helpers: Readonly<Record<string, readonly [given: readonly HclType[], returns: HclType]>> = {
  abspath: [['string'], 'string'],
  base64decode: [['string'], 'string'],
  base64encode: [['string'], 'string'],
  base64sha256: [['string'], 'string'],
  can: [['dynamic'], 'bool'],
  file: [['string'], 'string'],
  format: [['string', 'dynamic'], 'string'],
  join: [['string', strings], 'string'],
  jsonencode: [['dynamic'], 'string'],
  keys: [[['map', 'dynamic']], strings],
  lower: [['string'], 'string'],
  parseint: [['string', 'number'], 'number'],
  replace: [['string'], 'string'],
  sha256: [['string'], 'string'],
  split: [['string'], strings],
  substr: [['string', 'number'], 'string'],
  trimspace: [['string'], 'string'],
  upper: [['string'], 'string'],
  yamlencode: [['dynamic'], 'string'],
};

/** `readFileSync(join(__dirname, 'nginx.conf'), 'utf8')` */
function fileBeside(file: string): Code {
  const here = call(
    imported('node:path', 'join'),
    { kind: 'argument', of: { name: '__dirname' } },
    literal(file),
  );
  return call(imported('node:fs', 'readFileSync'), here, literal('utf8'));
}

/** A call of a function that reads a file beside the workload: `call<string>('templatefile', tf`${path.module}/…`, …)`. */
export function readBeside(name: string, file: string, scope: Scope, ...more: readonly Code[]): Typed {
  const folder = scope.resolve(['path', 'module'])?.code;
  const parts = folder?.kind === 'template' ? folder.parts : [folder ?? ''];
  const given = [literal(name), template(...parts, `/${file}`), ...more];
  return { code: callOf('string', imported('@home/terraform', 'call'), ...given), type: 'string' };
}

/** The path of a file in the module's folder: `"${path.module}/a.conf"` → `a.conf`. */
function fileIn(argument: string): string | undefined {
  const path = /^"(?:\$\{path\.(?:module|root)\}\/)?(?:\.\/)?([^"\\$%{}~/][^"\\$%{}]*)"$/.exec(argument)?.[1];
  return path?.includes('..') === true ? undefined : path;
}

/** What may stand in a template. */
export function asText(value: Typed): Code {
  const isText = value.type === 'string' || value.type === 'number' || value.type === 'bool';
  return isText ? value.code : anything(value.code);
}

/** Whether a list or an object is written out in a tree, which reads better as one than as source text. */
const holdsCollection = ({ type, children }: Tree): boolean =>
  type === 'object' || type === 'tuple' || children.some(holdsCollection);

const isParentheses = (tree: { readonly type: string }): boolean => tree.type === '';

function convertLiteral({ type, value }: TFExpressionSyntaxTree.LiteralValueExpressionMeta): Typed {
  if (type === 'number') return { code: literal(Number(value)), type };
  if (type === 'bool') return { code: literal(value === 'true'), type };
  return type === 'string'
    ? { code: literal(unescapeQuoted(value)), type }
    : { code: literal(null), type: 'dynamic' };
}

/** A key that is written out; undefined for one that is computed. */
function keyOf(tree: Tree, source: string): string | undefined {
  const [child] = tree.children;
  if (child === undefined)
    return /^[A-Za-z_][\w-]*|^\d+/.exec(bytes(source).slice(tree.range.start.byte))?.[0];
  const [text, ...more] = child.children;
  const isText = child.type === 'template' && text?.type === 'literalValue' && more.length === 0;
  return isText ? unescapeQuoted(text.meta.value) : undefined;
}

/** The places in a tree count bytes. */
const bytes = (source: string): string => Buffer.from(source).toString('latin1');
