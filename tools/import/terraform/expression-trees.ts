import { type TFExpressionSyntaxTree, getExpressionAst } from '@cdktf/hcl2json';
import { isPlainObject } from '@home/terraform';
import type { Code } from '../code/code';
import { splitTemplate } from './split-template';
import { isOperation } from './typed-code';

export type Tree = TFExpressionSyntaxTree.ExpressionType;

/** A reference written out: `var.name`, `kubernetes_service_v1.web.metadata[0].name`. */
const plainTraversal = /^[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*|\.\d+|\[(\d+|"[^"\\$%]*")\])*$/;

const keywords = new Set(['true', 'false', 'null']);

/** The steps of a plain reference; undefined for any other expression. */
export function traversalIn(source: string): (string | number)[] | undefined {
  if (!plainTraversal.test(source) || keywords.has(source)) return undefined;
  const steps = source.match(/[A-Za-z_][\w-]*|\d+|"[^"]*"/g) ?? [];
  return steps.map(readStep);
}

function readStep(step: string): string | number {
  if (/^\d+$/.test(step)) return Number(step);
  return step.startsWith('"') ? step.slice(1, -1) : step;
}

/** The syntax trees of all expressions in some bodies, except plain references, by their sources. */
export async function parseExpressions(bodies: readonly unknown[]): Promise<ReadonlyMap<string, Tree>> {
  const sources = new Set(
    bodies.flatMap(expressionsIn).filter((source) => traversalIn(source) === undefined),
  );
  const trees = new Map<string, Tree>();
  for (const source of sources) {
    // What the parser does not take keeps its text.
    const tree = await getExpressionAst('expression.tf', source).catch(() => null);
    if (tree !== null) trees.set(source, tree);
  }
  return trees;
}

/** A directive of a template with an expression: `if a == b`, `for key, value in c`. */
export const directive = /^(if |for [\w\s,-]+ in )\s*(.+)$/s;

/** The sources of all `${…}` in a value, object keys included. */
export function expressionsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    return splitTemplate(value).flatMap((part) => {
      if (part.kind === 'expression') return [part.source];
      return part.kind === 'directive' ? (directive.exec(part.source)?.slice(2) ?? []) : [];
    });
  }
  if (Array.isArray(value)) return value.flatMap(expressionsIn);
  if (!isPlainObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => [...expressionsIn(key), ...expressionsIn(member)]);
}

/** A reference in a tree, and where it stands, in bytes. */
interface Place {
  readonly start: number;
  readonly end: number;
  readonly code: Code;
}

/**
 * The source of a tree with its references as code: `["max(", code, ", 2)"]`. Strings and code alternate.
 *
 * @param source the whole expression that the tree is part of
 * @param resolve the code of a reference; undefined for one that stays as it is
 */
export function sourceParts(
  tree: Tree,
  source: string,
  resolve: (path: readonly (string | number)[]) => Code | undefined,
): (string | Code)[] {
  const whole = Buffer.from(source).toString('latin1');
  const places = referencesIn(tree, new Set(), resolve).sort((one, other) => one.start - other.start);
  const [start, end] = extentOf(tree, whole, places);
  const parts: (string | Code)[] = [];
  let at = start;
  // A reference to `a + b` that something is multiplied with: what is put in its place is put in parentheses.
  let closing = '';
  for (const place of places) {
    if (place.start < at) continue;
    const isOperand = isOperation(place.code);
    parts.push(closing + text(whole.slice(at, place.start)) + (isOperand ? '(' : ''), place.code);
    closing = isOperand ? ')' : '';
    at = place.end;
  }
  const rest = closing + text(whole.slice(at, end));
  return rest === '' && parts.length > 0 ? parts : [...parts, rest];
}

/** The source of a part of an expression; undefined where it cannot be found. */
export function sourceOf(tree: Tree, source: string): string | undefined {
  const [part] = sourceParts(tree, source, () => undefined);
  return typeof part === 'string' ? part : undefined;
}

const text = (latin: string): string => Buffer.from(latin, 'latin1').toString('utf8');

/** Where a tree begins and ends. Its range tells only where its first word stands, its value the whole text. */
function extentOf(tree: Tree, whole: string, places: readonly Place[]): [number, number] {
  const value =
    'meta' in tree && tree.meta !== undefined ? Buffer.from(tree.meta.value).toString('latin1') : undefined;
  const [first] = places;
  const last = places.at(-1);
  if (value === undefined) return [0, whole.length];
  let start = whole.lastIndexOf(value, first?.start ?? tree.range.start.byte);
  while (start > 0 && last !== undefined && start + value.length < last.end)
    start = whole.lastIndexOf(value, start - 1);
  return start < 0 ? [0, whole.length] : [start, start + value.length];
}

function referencesIn(
  tree: Tree,
  bound: ReadonlySet<string>,
  resolve: (path: readonly (string | number)[]) => Code | undefined,
): Place[] {
  if (tree.type === 'scopeTraversal') {
    const path = traversalIn(tree.meta.fullAccessor);
    const code = path === undefined || bound.has(String(path[0])) ? undefined : resolve(path);
    return code === undefined ? [] : [{ start: tree.range.start.byte, end: tree.range.end.byte, code }];
  }
  const own = tree.type === 'for' ? new Set([...bound, tree.meta.keyVar, tree.meta.valVar]) : bound;
  return tree.children.flatMap((child) => referencesIn(child, own, resolve));
}
